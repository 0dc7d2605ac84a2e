"""When an answer is due, and what is blacked out of it.

One calendar month, and two more where the request is complex and the person is told why within the
first (UK GDPR, article 12(3)). A day that the month lacks is its last, and no day moves forward:
the earlier reading is the safe one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scr_portal.core.dates import add_months

MONTHS, LONGER = 1, 3
SOURCE = "UK GDPR, article 12(3)"
BLACK = "█████"
SHORTEST = 2


def due_on(*, received_on: date, asked_on: date | None, confirmed_on: date | None) -> date:
    """From the request; where proof of identity was asked for, from the day it was there.

    Until then the earlier day stands, so that nobody forgets to ask.
    """
    begins = max(received_on, confirmed_on) if asked_on and confirmed_on else received_on
    return add_months(begins, MONTHS)


def longest(due: date) -> date:
    return add_months(due, LONGER - MONTHS)


@dataclass(frozen=True)
class Piece:
    text: str
    is_black: bool = False


def redacted(text: str, words: Iterable[str], leave: Iterable[str] = ()) -> list[Piece]:
    """The text in pieces; each of the words is a black one, however it is spelt or spaced.

    ``leave`` are words that stay, also inside of longer ones that go. Longest first, so that a
    whole name goes before its parts.
    """
    folded, places = _folded(text)
    open_ = [span for word in leave for span in _found(word, folded)]
    black = [False] * len(text)
    for word in sorted(set(words), key=len, reverse=True):
        for start, end in _found(word, folded):
            if any(start < until and begin < end for begin, until in open_):
                continue
            last = places[end - 1]
            while last + 1 < len(text) and unicodedata.combining(text[last + 1]):
                last += 1  # an accent that stands by itself goes with its letter
            black[places[start] : last + 1] = [True] * (last + 1 - places[start])
    return _pieces(text, black)


def blacked(pieces: Iterable[Piece]) -> str:
    return "".join(BLACK if each.is_black else each.text for each in pieces)


def _folded(text: str) -> tuple[str, list[int]]:
    """Without case, accents and double spaces; ``places`` leads back to the text as it is."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _letters(character):
            if letter == " " and letters and letters[-1] == " ":
                continue
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _letters(character: str) -> str:
    if character.isspace() or character in "\u200b\u2060\ufeff":
        return " " if character.isspace() else ""
    if character in "’‘`´":
        return "'"
    if character in "‐‑‒–—":
        return "-"
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in parts if not unicodedata.combining(each))


def _found(word: str, folded: str) -> list[tuple[int, int]]:
    wanted = _folded(word.strip())[0]
    if len(wanted) < SHORTEST:
        return []
    # A hyphen, a space or a line's end between two parts of a name is one and the same.
    parts = [part for part in re.split(r"[\s-]+", wanted) if part]
    if sum(map(len, parts)) < SHORTEST:
        return []
    pattern = re.compile(r"(?<!\w)" + r"[\s-]+".join(map(re.escape, parts)) + r"(?!\w)")
    return [found.span() for found in pattern.finditer(folded)]


def _pieces(text: str, black: list[bool]) -> list[Piece]:
    found, start = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or black[at] != black[start]:
            found.append(Piece(text[start:at], black[start]))
            start = at
    return found


def stands_in(words: Iterable[str], text: str) -> bool:
    folded = _folded(text)[0]
    return any(_found(word, folded) for word in words)


def listed(text: str) -> list[str]:
    """One word or name on each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
