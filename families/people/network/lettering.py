"""How wide a text may turn out, and where it breaks: always guessed too wide, never too narrow.

The browser and the PDF choose their own fonts for a script that Source Sans 3 has not, so widths
are upper bounds over several fonts, not the metrics of one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

NAME = 14
DETAIL = 14
CAPTIONED = 14
SMALL = 13
LEADING = 15
ELLIPSIS = "…"

_THIN = frozenset(" .,:;'’‘|!ijlI")
_SLIM = frozenset("frt()[]/-")
_NARROW = frozenset("acegksvxyz0123456789?“”*+°–")
_BROAD = frozenset("mwMW@%&—…")
_MARKS = 2  # more signs than this upon one letter climb into the line above
_JOINERS = "\u200c\u200d"


def clean(text: str) -> str:
    """What an SVG can carry and a box can hold: no controls, no turning of direction, no towers.

    >>> clean("Ann\\u202e \\x07 B")
    'Ann B'
    """
    kept: list[str] = []
    stacked = 0
    for letter in re.sub(r"\s+", " ", text):
        kind = unicodedata.category(letter)
        stacked = stacked + 1 if kind in ("Mn", "Me") else 0
        if stacked > _MARKS or (kind[0] == "C" and letter not in _JOINERS):
            continue
        kept.append(letter)
    return re.sub(r" +", " ", "".join(kept)).strip()


def width(text: str, size: float = NAME) -> float:
    return sum(_em(letter) for letter in text) * size


@lru_cache(4096)
def _em(letter: str) -> float:
    if letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    if letter in _THIN:
        return 0.29
    if letter in _SLIM:
        return 0.38
    if letter in _NARROW:
        return 0.53
    if letter in _BROAD:
        return 0.9
    if letter < "\u0250":
        return 0.69 if letter.isupper() else 0.58
    if letter < "\u0590":
        return 0.72
    return 0.7 if letter < "\u0700" else 1.1


def wrap(text: str, room: float, lines: int, size: float = NAME) -> tuple[str, ...]:
    """At most so many lines within the room; the last ends in … where something had to go."""
    found: list[str] = []
    for piece in _pieces(clean(text), room, size):
        gap = "" if found and found[-1].endswith("-") else " "
        joined = f"{found[-1]}{gap}{piece}" if found else piece
        if found and width(joined, size) <= room:
            found[-1] = joined
        else:
            found.append(piece)
    if len(found) > lines:
        found = [*found[: lines - 1], _cut(" ".join(found[lines - 1 :]), room, size)]
    return tuple(found)


def _pieces(text: str, room: float, size: float) -> Iterator[str]:
    """Words; a word that is longer than a line is broken, never within a letter and its signs."""
    for word in re.sub(r"(?<=\w)-(?=\w)", "- ", text).split():
        part, long = "", 0.0
        for letter in re.findall(r".[\u0300-\u036f\u200c\u200d]*", word, re.DOTALL):
            wide = width(letter, size)
            if part and long + wide > room:
                yield part
                part, long = "", 0.0
            part += letter
            long += wide
        yield part


def _cut(text: str, room: float, size: float) -> str:
    if width(text, size) <= room:
        return text
    while text and width(text + ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def right_to_left(text: str) -> bool:
    """As its first letter that has a direction says."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in ways if way in ("L", "R", "AL")), "L") != "L"
