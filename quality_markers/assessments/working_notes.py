"""What working on a pass says under a question: it came back, whose it is, how it once read."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Answer, Assignment, Pass, QuestionReturn, Submission
from quality_markers.assessments.notes import QuestionNote
from quality_markers.catalogue.models import Question


def question_notes(assessment: Pass, user: Any) -> list[QuestionNote]:
    notes = []
    if assessment.returned_at and assessment.state != Pass.State.ACCEPTED:
        notes.append(_came_back(assessment))
    if assessment.is_editable:
        notes.append(_assigned(assessment))
    if assessment.copied_from_id:
        notes.append(_reworded(assessment))
    return notes


def _came_back(assessment: Pass) -> QuestionNote:
    """Of the submission that came back last: while it is with the chair again, the one before."""
    back = 1 if assessment.state == Pass.State.SUBMITTED else 0
    submissions = Submission.objects.filter(assessment=assessment.pk).order_by("-number")
    reasons = QuestionReturn.objects.filter(
        submission=Subquery(submissions.values("pk")[back : back + 1]), question=OuterRef("pk")
    )
    return QuestionNote(
        "came_back",
        Subquery(reasons.values("reason")[:1]),
        lambda reason: _("Came back: %(reason)s") % {"reason": reason} if reason else "",
    )


def _assigned(assessment: Pass) -> QuestionNote:
    rows = Assignment.objects.filter(
        Q(question=OuterRef("pk")) | Q(question__isnull=True, marker=OuterRef("marker")),
        assessment=assessment.pk,
        ended_at__isnull=True,
    )
    place = reverse("quality_markers:plan", args=[assessment.review_id, assessment.number])

    def url(question: Question) -> str:
        return f"{place}#marker-{question.marker.number}"

    names = rows.order_by("person__name").values("person__name").distinct()
    return QuestionNote("assigned", ArraySubquery(names), _for_whom, url)


def _for_whom(names: list[str]) -> str:
    return _("Assigned to %(people)s") % {"people": ", ".join(names)} if names else ""


def _reworded(assessment: Pass) -> QuestionNote:
    """The answer as it was copied, where its question read otherwise."""
    rows = Answer.objects.filter(
        assessment=assessment.pk, question=OuterRef("pk"), at=F("copied_from__at")
    ).exclude(copied_from__question__text=F("question__text"))
    return QuestionNote(
        "reworded",
        Subquery(rows.values("copied_from__question__text")[:1]),
        lambda text: (
            _("Answered when the question read: “%(text)s”") % {"text": text} if text else ""
        ),
    )
