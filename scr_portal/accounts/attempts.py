"""What of the failed tries at an account its person is told (ASVS 5, 6.3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Watch:
    """``number`` failures within ``within`` are told; ``told_at`` of the person says when it was.

    ``letter`` is a kind of the notifications, which this room does not know.
    """

    number: int
    within: timedelta
    told_at: str
    letter: str


# By what failed, as the history calls it. The brake closes at the fifth wrong password
# (settings.ACCOUNT_RATE_LIMITS). Where the password was right, three are enough.
WATCHED = {
    "password": Watch(5, timedelta(minutes=5), "told_of_passwords_at", "password_tried"),
    "second factor": Watch(3, timedelta(minutes=15), "told_of_factors_at", "factor_tried"),
}
AT_MOST_EVERY = timedelta(hours=1)
# A worker that was away for less misses nothing; what was told is not told again.
LOOK_BACK = timedelta(hours=3)
# How long the line stands on the person's profile.
SHOWN_FOR = timedelta(days=30)


def newest_burst(moments: Iterable[datetime], watch: Watch) -> datetime | None:
    """When ``number`` of them last lay within ``within``; None if they never did."""
    rows = sorted(moments)
    pairs = zip(rows, rows[watch.number - 1 :], strict=False)
    return max((last for first, last in pairs if last - first <= watch.within), default=None)
