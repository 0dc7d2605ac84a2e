"""What lies behind the addresses of briefings and of the purpose."""

from typing import Any

from reviews.case.models import Review
from reviews.decisions.briefings.models import Receipt
from tests.cast import Cast
from tests.reviews.decisions.briefings.telling import issued


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    of_briefing = {"pk": issued(cast, review).pk}
    return {
        "reviews:briefing": of_briefing,
        "reviews:briefing_read": of_briefing,
        "reviews:briefing_readers": of_briefing,
        "reviews:briefing_give_up": {"pk": Receipt.objects.get(user=cast.member).pk},
    }
