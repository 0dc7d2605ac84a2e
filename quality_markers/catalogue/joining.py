"""Lines of a section into paragraphs and bullets.

Bullets come torn from their items: a stack of bullets, then the item beside its first bullet,
then the next stack, and the items that are left over at the end, in order. Where several items
stand in one run of lines, how full a line is and how it ends say which of them belong together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from quality_markers.catalogue.lines import Kind, Line

ENDINGS = (".", "?", "!", ":", ";", ".’", "?’", ".)", ".”")
# A line that ends so is not the end of an item, nor does an item begin with one of the second lot.
DANGLING = {"a", "and", "by", "for", "from", "have", "in", "of", "on", "or", "the", "to", "with"}
LEADING = {"and", "been", "of", "or", "than", "that", "which"}
HYPHENS_LOST = {
    "crossLSCB": "cross-LSCB",
    "selfassessment": "self-assessment",
    "wellintentioned": "well-intentioned",
    "workingout": "working-out",
}
# A line of the publication holds about 90 characters; these are measured on it.
SHORT = 82
FULL = 96
LONG_ENOUGH_TO_RUN_ON = 70


class Level(IntEnum):
    PARAGRAPH = 0
    BULLET = 1
    SUB_BULLET = 2


@dataclass
class Piece:
    level: Level
    text: str = ""


def joined(lines: list[str]) -> str:
    text = ""
    for line in lines:
        torn = text.endswith(("/", "-")) and text[-2:-1].isalpha()
        text += line if torn or not text else f" {line}"
    return " ".join(HYPHENS_LOST.get(word, word) for word in text.split())


def prose(lines: list[Line]) -> str:
    """Paragraphs and lists parted by blank lines; a bullet's line has "- ", one below it "-- "."""
    text = ""
    before = Level.PARAGRAPH
    for piece in pieces(lines):
        between = "\n" if before and piece.level else "\n\n"
        text += (between if text else "") + ("", "- ", "-- ")[piece.level] + piece.text
        before = piece.level
    return text


def pieces(lines: list[Line]) -> list[Piece]:
    page = _Page()
    for run in runs(lines):
        page.write(run) if isinstance(run, list) else page.mark(run)
    return page.finished()


def runs(lines: list[Line]) -> Iterator[list[str] | Kind]:
    """Runs of text that nothing but furniture divides, and the marks and breaks between them."""
    run: list[str] = []
    between: set[Kind] = set()
    for line in lines:
        if line.kind is not Kind.TEXT:
            between.add(line.kind)
            if line.kind in (Kind.BULLET, Kind.SUB_BULLET):
                if run:
                    yield run
                    run = []
                yield line.kind
            continue
        if run and between and not (Kind.GAP in between and _goes_on(run[-1], line.text)):
            yield run
            run = []
        run.append(line.text)
        between = set()
    if run:
        yield run


def _goes_on(line: str, following: str) -> bool:
    if line.endswith(ENDINGS):
        return False
    return following[0].islower() or len(line) >= LONG_ENOUGH_TO_RUN_ON


class _Page:
    """What is known so far: pieces in reading order, and the bullets that still want words."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.stack: list[Piece] = []
        self.waiting: list[Piece] = []

    def mark(self, kind: Kind) -> None:
        piece = Piece(Level.BULLET if kind is Kind.BULLET else Level.SUB_BULLET)
        self.pieces.append(piece)
        self.stack.append(piece)

    def write(self, run: list[str]) -> None:
        bullets = self.stack or self.waiting
        items = divided(run, at_most=len(bullets)) if bullets else paragraphs(run)
        if not bullets:
            self.pieces += [Piece(Level.PARAGRAPH, text) for text in items]
        for piece, text in zip(bullets, items, strict=False):
            piece.text = text
        self.waiting = [p for p in self.pieces if p.level and not p.text]
        self.stack = []

    def finished(self) -> list[Piece]:
        """Bullets that stand after their paragraphs are given to them; the rest are dropped."""
        late = len(self.stack)
        told = [piece for piece in self.pieces if piece.text]
        for piece in told[len(told) - late :]:
            piece.level = max(piece.level, Level.BULLET)
        return told


def paragraphs(run: list[str]) -> list[str]:
    """A paragraph ends where a sentence does and the next word would still have had room."""
    ends = [
        index
        for index, (line, after) in enumerate(pairwise(run), start=1)
        if line.endswith(ENDINGS) and _length_with_next(line, after) < SHORT
    ]
    return _cut(run, ends)


def divided(run: list[str], *, at_most: int) -> list[str]:
    """The run as that many items, or as fewer where the lines themselves say so."""
    pulls = {
        index: _pull(line, after) for index, (line, after) in enumerate(pairwise(run), start=1)
    }
    weakest = sorted(pulls, key=pulls.__getitem__)[: at_most - 1]
    if any(pulls[index] >= FULL for index in weakest):
        weakest = [index for index in weakest if pulls[index] < SHORT]
    return _cut(run, sorted(weakest))


def _pull(line: str, after: str) -> int:
    """How strongly two lines belong together, in characters of a line that is full."""
    pull = _length_with_next(line, after)
    if line.endswith(ENDINGS):
        pull -= SHORT
    if line.split()[-1] in DANGLING:
        pull += SHORT
    if after.split()[0] in LEADING or (line[0].isupper() and after[0].islower()):
        pull += SHORT
    return pull


def _length_with_next(line: str, after: str) -> int:
    return len(line) + 1 + len(after.split()[0])


def _cut(run: list[str], ends: list[int]) -> list[str]:
    places = [0, *ends, len(run)]
    return [joined(run[start:end]) for start, end in pairwise(places)]
