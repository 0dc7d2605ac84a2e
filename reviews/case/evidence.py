"""What the record itself says to a question of the markers: facts beside it, never the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from reviews.case.models import Review
from scr_portal.core.contributions import collect


@dataclass(frozen=True)
class Evidence:
    """``question`` as in "2.3"; ``url`` is where the record is, ``on`` the day it speaks of.

    ``contradicts``: whoever judged the question to be in place would have to explain this fact.
    """

    question: str
    text: str | Promise
    url: str = ""
    on: date | None = None
    contradicts: bool = False

    @property
    def marker(self) -> int:
        return int(self.question.partition(".")[0])


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """Of what this person may see, in the order of the questions and then of time."""
    found: Iterable[Evidence] = collect("evidence", review, user, marker)
    return sorted(
        (each for each in found if each.marker == marker),
        key=lambda each: (int(each.question.partition(".")[2]), each.on or date.min),
    )
