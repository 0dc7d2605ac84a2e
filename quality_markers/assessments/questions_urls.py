"""What stands beside one question: earlier answers, and what its answer rests on."""

from django.urls import path

from quality_markers.assessments.views import evidence, questions

of_a_pass = [
    path("answer/<int:marker>/<int:question>/before", questions.before, name="answer_before"),
    path("answer/<int:marker>/<int:question>/evidence", evidence.evidence, name="evidence"),
    path(
        "answer/<int:marker>/<int:question>/evidence/new",
        evidence.evidence_new,
        name="evidence_new",
    ),
    path(
        "answer/<int:marker>/<int:question>/evidence/<int:item>/<slug:act>",
        evidence.evidence_act,
        name="evidence_act",
    ),
]
