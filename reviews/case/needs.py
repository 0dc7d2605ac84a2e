"""What waits for a person: a line of the first page, whichever room it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Need:
    """``text`` says what to do, ``url`` is where.

    ``due`` is the day it is wanted by, ``since`` the moment it began to wait, ``holder`` who has
    the ball in words where that is not the reader alone ("Business unit").
    """

    text: str | Promise
    url: str
    due: date | None = None
    review: Any = None
    since: datetime | None = None
    holder: str | Promise = ""


def in_order(needs: Iterable[Need]) -> list[Need]:
    """What has a day first, soonest on top; then what has waited longest."""
    return sorted(needs, key=_rank)


def _rank(need: Need) -> tuple[bool, date, bool, float, str]:
    waiting = need.since.timestamp() if need.since else 0.0
    return (need.due is None, need.due or date.max, need.since is None, waiting, str(need.text))
