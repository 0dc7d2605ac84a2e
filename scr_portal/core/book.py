"""A long document of questions and what was said to them, in plain strings.

Every file of it, as pages, as a Word file or as a table, is written from this and goes through it
in the same order. Whoever makes one has already left out what its reader may not see.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scr_portal.core.passages import Passage

Fact = tuple[str, str]

OWN = frozenset({"reason", "narrative", "notes"})

# A guess at how much text fills a page, for the progress alone.
_CHARACTERS_A_PAGE = 1800


@dataclass(frozen=True)
class Said:
    """Words under a label; ``kind`` is the column that they stand in where they are a table."""

    kind: str
    label: str
    passages: Sequence[Passage]

    @property
    def text(self) -> str:
        return "\n\n".join(each.text for each in self.passages)


@dataclass(frozen=True)
class Voice:
    """What one self-assessment says to a question. ``heading`` where there is more than one."""

    number: int
    heading: str
    judgement: str
    is_considered: bool
    said: Sequence[Said]
    by: str
    at: str
    wording: str

    @property
    def own(self) -> list[Said]:
        """What ``by`` said, as against what stands around it."""
        return [each for each in self.said if each.kind in OWN]

    @property
    def around(self) -> list[Said]:
        return [each for each in self.said if each.kind not in OWN]

    @property
    def signed(self) -> str:
        return ", ".join(each for each in (self.by, self.at) if each)


@dataclass(frozen=True)
class Entry:
    """A question, or what is asked of the marker as a whole (``is_last``)."""

    reference: str
    text: str
    voices: Sequence[Voice]
    is_last: bool = False
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    key: str
    number: int
    title: str
    statement: str
    cluster: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Closing:
    """Under what it was signed, or, without rows, that it was not."""

    words: str
    rows: Sequence[Fact] = ()
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    key: str
    eyebrow: str
    title: str
    chapters: Sequence[Chapter]
    facts: Sequence[Fact] = ()
    said: Sequence[Said] = ()
    closing: Closing | None = None


@dataclass(frozen=True)
class Book:
    """``version`` runs at the head of each page; ``for_whom`` is drawn across it."""

    title: str
    subtitle: str
    reference: str
    pseudonym: str
    board: str
    marking: str
    version: str
    for_whom: str
    made: str
    made_at: datetime
    wording: str
    facts: Sequence[Fact]
    parts: Sequence[Part]
    # Kinds of what is said, with their labels, in the order in which everything is said.
    kinds: dict[str, str]
    said: Sequence[Said] = ()
    closing: Closing | None = None
    note: str = ""
    is_short: bool = False

    @property
    def name(self) -> str:
        return f"{self.reference}, {self.title}"

    @property
    def chapters(self) -> Iterator[tuple[Part, Chapter]]:
        return ((part, chapter) for part in self.parts for chapter in part.chapters)

    @property
    def numbers(self) -> list[int]:
        return sorted({chapter.number for _part, chapter in self.chapters})

    @property
    def characters(self) -> int:
        return sum(
            len(passage.text)
            for _part, chapter in self.chapters
            for entry in chapter.entries
            for voice in entry.voices
            for said in voice.said
            for passage in said.passages
        )

    @property
    def pages(self) -> int:
        return 3 + len(list(self.chapters)) + self.characters // _CHARACTERS_A_PAGE
