"""What lies behind the addresses of briefings and of the purpose."""

from typing import Any

from reviews.case.models import Review
from reviews.decisions.briefings.models import Receipt
from reviews.permissions import Permission as P
from reviews.permissions import Role
from reviews.scoping.purpose.models import Group
from reviews.scoping.purpose.operations import ledger
from tests.cast import Cast
from tests.matrix.marks import SIGNED_IN
from tests.reviews.decisions.briefings.telling import issued

OPEN = {SIGNED_IN: "reviews:briefings"}
ON_REVIEW = [
    ({P.READ_DECISIONS}, "reviews:briefing_room"),
    ({P.EDIT, P.SIGN}, "reviews:briefing_edit reviews:briefing_readers"),
    ({P.EDIT}, "reviews:briefing_put reviews:briefing_take_back reviews:briefing_give_up"),
    ({P.SIGN}, "reviews:briefing_return reviews:briefing_issue"),
    ({P.RECEIVE_BRIEFINGS}, "reviews:briefing reviews:briefing_read"),
    ({P.READ_SCOPE}, "reviews:purpose reviews:purpose_compare"),
    ({P.WRITE_SCOPE}, "reviews:purpose_edit reviews:purpose_tell reviews:telling_strike"),
    ({P.EDIT, P.WRITE_SCOPE}, "reviews:telling_waive reviews:telling_waiver_end"),
    ({P.SIGN}, "reviews:purpose_agree"),
    ({P.EXPORT}, "reviews:purpose_file"),
]
ASKED_OF = dict.fromkeys(("reviews:briefing", "reviews:briefing_read"), Role.MEMBER.value)


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
