"""What earlier passes of the review said to the same questions."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.models import Marker, Question
from reviews.permissions import Permission

SHOWN = 3
"""Earlier answers beside a question; a page of its own has all of them."""

PLACE = ("question__marker__number", "question__number")


def earlier(assessment: Pass, user: Any) -> QuerySet[Answer]:
    """Answers in which something was said, of passes that were begun before this one.

    Of another version of the catalogue too, by the number of the question: what was asked then
    comes with it. A pass that was given up says nothing any more.
    """
    nothing = Q(judgement=Answer.Judgement.NOT_CONSIDERED, narrative="", evidence="")
    found = (
        Answer.objects.filter(
            assessment__review=assessment.review_id,
            assessment__number__lt=assessment.number,
            assessment__catalogue__framework=assessment.catalogue.framework,
        )
        .exclude(nothing)
        .exclude(assessment__state=Pass.State.WITHDRAWN)
        .select_related("assessment", "question", "by")
    )
    if not user.has_perm(Permission.READ_MARKERS, assessment.review):
        found = found.filter(question__marker__is_family=True)
    return found


def earlier_to(question: Question, assessment: Pass, user: Any) -> QuerySet[Answer]:
    """All of them to one question, the newest pass first."""
    same = dict(zip(PLACE, (question.marker.number, question.number), strict=True))
    return earlier(assessment, user).filter(**same).order_by("-assessment__number")


def put_earlier_beside(lines: Iterable[Any], assessment: Pass, marker: Marker, user: Any) -> None:
    """The newest few of each question, and how many there are: one statement."""
    by_question = {line.question.number: line for line in lines}
    among: dict[str, Any] = {"partition_by": [F(name) for name in PLACE]}
    rows = (
        earlier(assessment, user)
        .filter(question__marker__number=marker.number)
        .annotate(
            place=Window(RowNumber(), order_by=F("assessment__number").desc(), **among),
            among=Window(Count("pk"), **among),
        )
        .filter(place__lte=SHOWN)
        .order_by("-assessment__number")
    )
    for row in rows:
        if line := by_question.get(row.question.number):
            line.before.append(row)
            line.before_count = row.among
