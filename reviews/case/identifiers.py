"""Words by which somebody could be traced: each room says its own, none is published."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise

from reviews.case.models import Review
from scr_portal.core.contributions import collect

SHORTEST = 3  # letters; shorter words stand in every text


@dataclass(frozen=True)
class Identifier:
    """``words`` as they are written, ``called`` the pseudonym of whom they point to."""

    words: str
    kind: str | Promise
    called: str = ""


def identifiers(review: Review) -> list[Identifier]:
    """For who may see real names alone: it holds them."""
    found = collect("identifiers", review)
    return [each for each in found if len(each.words.strip()) >= SHORTEST]


def found_in(text: str, known: list[Identifier]) -> list[Identifier]:
    """Those that stand in the text as words of their own, however spaced or capitalised."""
    flat = " ".join(text.split()).casefold()
    return [each for each in known if _stands(each.words, flat)]


def _stands(words: str, flat: str) -> bool:
    wanted = re.escape(" ".join(words.split()).casefold())
    return re.search(rf"(?<!\w){wanted}(?!\w)", flat) is not None
