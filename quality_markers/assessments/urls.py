from django.urls import include, path

from quality_markers.assessments.questions_urls import of_a_pass as beside
from quality_markers.assessments.views import (
    acceptance,
    answers,
    history,
    passes,
    questions,
    record,
)
from quality_markers.assessments.working_urls import of_a_pass as working
from quality_markers.assessments.working_urls import urlpatterns as across

of_a_pass = [
    *working,
    *beside,
    path("", passes.overview, name="pass"),
    path("marker/<int:marker>/", questions.marker, name="marker"),
    path("questions", questions.questions, name="questions"),
    path("answer/<int:marker>/<int:question>/", answers.answer, name="answer"),
    path(
        "answer/<int:marker>/<int:question>/history",
        history.answer_history,
        name="answer_history",
    ),
    path(
        "answer/<int:marker>/<int:question>/restore/<int:version>",
        history.restore_answer,
        name="answer_restore",
    ),
    path("answer/<int:marker>/<int:question>/explain", record.explain, name="explain"),
    path("record", record.record, name="record"),
    path("reflection/<int:marker>/", answers.reflection, name="reflection"),
    path("reflection/<int:marker>/history", history.reflection_history, name="reflection_history"),
    path(
        "reflection/<int:marker>/restore/<int:version>",
        history.restore_reflection,
        name="reflection_restore",
    ),
    path("submit", acceptance.submit, name="submit"),
    path("take-back", acceptance.take_back, name="take_back"),
    path("return", acceptance.return_pass, name="return"),
    path("accept", acceptance.accept, name="accept"),
]

urlpatterns = [
    *across,
    path("<uuid:review>/", passes.passes, name="passes"),
    path("<uuid:review>/new", passes.pass_new, name="pass_new"),
    path("<uuid:review>/<int:number>/", include(of_a_pass)),
]
