"""What lies behind the addresses of evidence and of what the record says."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

ON_REVIEW: list[tuple[set[P], str]] = [
    ({P.READ_MARKERS, P.READ_FAMILY_MARKERS}, "quality_markers:record"),
    (
        {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS, P.ANSWER_ASSIGNED},
        "quality_markers:explain",
    ),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    return {}
