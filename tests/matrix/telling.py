"""What lies behind the addresses of briefings and of the purpose."""

from typing import Any

from reviews.case.models import Review
from reviews.decisions.briefings.models import Receipt
from reviews.scoping.purpose.models import Group
from reviews.scoping.purpose.operations import ledger
from tests.cast import Cast
from tests.reviews.decisions.briefings.telling import issued


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    waiver = ledger.waive(
        review=review, group=Group.FAMILY, reason="They asked to wait.", by=cast.unit
    )
    of_briefing = {"pk": issued(cast, review).pk}
    return {
        "reviews:briefing": of_briefing,
        "reviews:briefing_read": of_briefing,
        "reviews:briefing_readers": of_briefing,
        "reviews:briefing_give_up": {"pk": Receipt.objects.get(user=cast.member).pk},
        "reviews:purpose_compare": {"number": 1},
        "reviews:purpose_file": {"kind": "docx"},
        "reviews:telling_strike": {"pk": review.tellings.first().pk},
        "reviews:telling_waive": {"group": Group.FAMILY.value},
        "reviews:telling_waiver_end": {"pk": waiver.pk},
    }
