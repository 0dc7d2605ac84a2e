"""What lies behind the addresses of emergencies, and who may open them."""

from typing import Any

from reviews.case.models import Review
from reviews.emergency import operations
from reviews.emergency.models import Emergency
from reviews.permissions import Permission as P
from tests.cast import Cast

ON_BOARD = {
    P.BREAK_GLASS: "reviews:emergency_open",
    P.SEE_EMERGENCIES: "reviews:emergencies",
}
ON_REVIEW: list[tuple[set[P], str]] = [
    ({P.READ_HISTORY}, "reviews:emergency"),
    ({P.SIGN}, "reviews:emergency_look"),
    ({P.VIEW}, "reviews:emergency_end"),
]
# There is none for who neither opened it nor may sign.
ABSENT_NOW = {"reviews:emergency_end"}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """One of the unit's that has ended, so that nobody of the matrix reads in an emergency."""
    made = operations.open_review(
        board=cast.board,
        reference=review.reference,
        why=Emergency.Why.HARM,
        reason="The liaison can’t be reached.",
        token="one-click",
        by=cast.unit,
    )
    operations.end(emergency=made, by=cast.unit)
    return {
        f"reviews:{name}": {"pk": made.pk}
        for name in ("emergency", "emergency_look", "emergency_end")
    }
