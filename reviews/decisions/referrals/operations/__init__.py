"""What is done with referrals: opened and changed, sent in and settled; links and priorities."""

from reviews.decisions.referrals.operations.links import (
    ask_outside,
    more_time,
    withdraw_link,
)
from reviews.decisions.referrals.operations.priorities import add_priority, end_priority
from reviews.decisions.referrals.operations.received import (
    accept,
    decline,
    find_sent,
    looked_at,
    same_as,
    send,
    send_as_guest,
)
from reviews.decisions.referrals.operations.referring import change_referral, refer

__all__ = [
    "accept",
    "add_priority",
    "ask_outside",
    "change_referral",
    "decline",
    "end_priority",
    "find_sent",
    "looked_at",
    "more_time",
    "refer",
    "same_as",
    "send",
    "send_as_guest",
    "withdraw_link",
]
