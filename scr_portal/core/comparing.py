"""Two texts as one, with what was taken out and what was put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
# A word has the space after it, so that what was rewritten does not hang together by its spaces.
_WORD = re.compile(r"\S+\s*|\s+")
# Comparing word by word takes time by the product of both lengths; beyond it whole paragraphs are
# shown as taken out and put in.
_MOST = 4_000_000
_ALIKE = 0.5


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


def compared(before: str, after: str) -> list[Piece]:
    """By paragraphs, and inside those that changed by words. Joined, each side is its text again.

    Without the pieces added it is ``before``, without those removed ``after``.
    """
    return list(_joined(_by_lines(before, after)))


def _by_lines(before: str, after: str) -> Iterator[Piece]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, a, b in _steps(old, new):
        if kind == "equal":
            yield Piece(SAME, "".join(a))
        elif kind == "replace":
            yield from _by_words("".join(a), "".join(b))
        else:
            yield from _swapped("".join(a), "".join(b))


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST or _differ(old, new):
        yield from _swapped(before, after)
        return
    for kind, a, b in _steps(old, new):
        if kind == "equal":
            yield Piece(SAME, "".join(a))
        else:
            yield from _swapped("".join(a), "".join(b))


def _differ(old: Sequence[str], new: Sequence[str]) -> bool:
    """Written anew: a few small words in common would only tear both texts to pieces."""
    return SequenceMatcher(None, old, new, autojunk=False).ratio() < _ALIKE


def _steps(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind, old[a:b], new[c:d]


def _swapped(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(REMOVED, removed)
    if added:
        yield Piece(ADDED, added)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.kind == piece.kind:
            held = Piece(held.kind, held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
