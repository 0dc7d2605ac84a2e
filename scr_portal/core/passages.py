"""Texts as a document shows them: paragraphs with numbers, each in its own direction."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from scr_portal.core.pdf import carriable

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_RIGHT_TO_LEFT = {"R", "AL"}
# WeasyPrint looks at all that is left of a paragraph for each of its lines: 100,000 characters
# without a space took it more than ten minutes, and seconds in pieces that begin a new line.
_LONGEST_WORD = 600
_LONGEST_PIECE = 5000
_WORD = re.compile(rf"\s*\S{{1,{_LONGEST_WORD}}}|\s+")


@dataclass(frozen=True)
class Passage:
    """One numbered paragraph, as in ``12.4.1``; ``direction`` is that of its first letter."""

    number: str
    text: str
    direction: str

    @property
    def pieces(self) -> list[str]:
        return list(pieces(self.text))


def pieces(text: str) -> Iterator[str]:
    """The text in parts that begin a new line; all but the oddest text is one part."""
    held = ""
    for word in _WORD.findall(text):
        held += word
        if len(word.lstrip()) == _LONGEST_WORD or len(held) > _LONGEST_PIECE:
            yield held
            held = ""
    if held or not text:
        yield held


def direction(text: str) -> str:
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _RIGHT_TO_LEFT:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def passage(text: str, number: str = "") -> Passage:
    """The whole text as one paragraph, blank lines and all."""
    text = carriable(text).strip("\n")
    return Passage(number, text, direction(text))


def passages(prefix: str, *texts: str, after: int = 0) -> list[list[Passage]]:
    """Each text as paragraphs, numbered on from the one before it; the first follows ``after``."""
    number, found = after, []
    for text in texts:
        paragraphs = [
            each for each in _BLANK_LINES.split(carriable(text).strip("\n")) if each.strip()
        ]
        found.append(
            [
                Passage(f"{prefix}.{number + step}", paragraph, direction(paragraph))
                for step, paragraph in enumerate(paragraphs, start=1)
            ]
        )
        number += len(paragraphs)
    return found
