"""What lies behind the addresses of evidence and of what the record says."""

from typing import Any

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import evidence
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

ON_REVIEW: list[tuple[set[P], str]] = [
    (
        {P.READ_MARKERS, P.READ_FAMILY_MARKERS},
        "quality_markers:record quality_markers:answer_before quality_markers:evidence",
    ),
    (
        {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS, P.ANSWER_ASSIGNED},
        "quality_markers:explain quality_markers:evidence_new quality_markers:evidence_act",
    ),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    assessment = Pass.objects.get(review=review, number=1)
    item = evidence.attach(
        assessment=assessment,
        question=assessment.markers.get(number=1).questions.get(number=1),
        kind="note",
        text="In the folder of the case",
        by=cast.lead,
        token="matrix",
    )
    return {"quality_markers:evidence_act": {"item": item.pk, "act": "broken"}}
