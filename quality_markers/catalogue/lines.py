"""The lines of the published text, freed of page furniture.

The text comes from a PDF: heads, feet and page numbers stand in the middle of sentences, and
bullets stand on lines of their own. A place from which furniture was taken stays as a gap,
across which a sentence may go on; a blank line is a break that the publisher made.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

BULLETS = "•●▪\uf0b7"
FURNITURE = re.compile(
    r"Supporting dialogue about\b.*"
    r"|(?:\d{1,3} +)?(?:Quality Marker \d{1,2}|Serious Case Review Quality Markers)(?: +\d{1,3})?"
    r"|\d{1,3}",
    re.IGNORECASE,
)


class Kind(Enum):
    TEXT = "text"
    BULLET = "bullet"
    SUB_BULLET = "sub-bullet"
    BLANK = "blank"
    GAP = "gap"


@dataclass(frozen=True)
class Line:
    kind: Kind
    number: int
    text: str = ""


def lines(text: str) -> list[Line]:
    return [
        line
        for number, raw in enumerate(text.split("\n"), start=1)
        for part in raw.split("\f")
        for line in _told_apart(" ".join(part.split()), number)
    ]


def _told_apart(text: str, number: int) -> Iterator[Line]:
    if not text:
        yield Line(Kind.BLANK, number)
    elif FURNITURE.fullmatch(text):
        yield Line(Kind.GAP, number)
    elif text[0] in BULLETS:
        yield from _marked(Kind.BULLET, text[1:].strip(), number)
    elif text.startswith("-- "):
        yield from _marked(Kind.SUB_BULLET, text[3:].strip(), number)
    else:
        yield Line(Kind.TEXT, number, text)


def _marked(kind: Kind, text: str, number: int) -> Iterator[Line]:
    yield Line(kind, number)
    if text:
        yield Line(Kind.TEXT, number, text)
