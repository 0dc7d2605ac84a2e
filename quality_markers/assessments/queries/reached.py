"""How far a pass has come, in questions considered; never a score."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.models import Marker


@dataclass(frozen=True)
class Progress:
    marker: Marker
    asked: int
    considered: int
    reflected: bool

    @property
    def left(self) -> int:
        return self.asked - self.considered


def progress(assessment: Pass, markers: QuerySet[Marker]) -> list[Progress]:
    considered = dict(
        assessment.answers.exclude(judgement=Answer.Judgement.NOT_CONSIDERED)
        .values_list("question__marker")
        .annotate(count=Count("pk"))
    )
    reflected = set(assessment.reflections.exclude(text="").values_list("marker", flat=True))
    return [
        Progress(marker, marker.asked, considered.get(marker.pk, 0), marker.pk in reflected)
        for marker in markers.annotate(asked=Count("questions")).defer(
            "rationale", "knowledge", "equality", "law", "obstacles"
        )
    ]


def considered(assessment: Pass, marker: Marker) -> tuple[int, int]:
    """Questions of one marker that have been considered, of how many."""
    said = assessment.answers.filter(question=OuterRef("pk")).exclude(
        judgement=Answer.Judgement.NOT_CONSIDERED
    )
    counts = marker.questions.aggregate(asked=Count("pk"), said=Count("pk", filter=Exists(said)))
    return counts["said"], counts["asked"]


def lacking_reasons(assessment: Pass) -> list[Answer]:
    answers = assessment.answers.filter(judgement=Answer.Judgement.NOT_APPLICABLE)
    return [
        answer
        for answer in answers.select_related("question__marker").order_by(
            "question__marker__number", "question__number"
        )
        if rules.lacks_reason(answer)
    ]


def how_far(considered: int, asked: int) -> str:
    if not considered:
        return _("Not considered yet")
    if considered == asked:
        return _("All %(asked)d considered") % {"asked": asked}
    return _("%(considered)d of %(asked)d considered") % {"considered": considered, "asked": asked}
