"""Two versions side by side, section by section."""

from dataclasses import dataclass

from reviews.scoping.terms import scope
from reviews.scoping.terms.rules import Content, text_of
from scr_portal.core.comparing import SAME, Piece, compared


@dataclass(frozen=True)
class Compared:
    topic: scope.Topic
    pieces: list[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def compare(before: Content, after: Content) -> list[Compared]:
    """Sections and factors in the order of reading; those that are empty in both are left out."""
    rows = [
        Compared(topic, compared(_lines(before, key), _lines(after, key)))
        for key, topic in scope.topics().items()
    ]
    return [row for row in rows if row.pieces]


def _lines(content: Content, key: str) -> str:
    """The last line ends like the others, so that it is the same with another below it."""
    text = text_of(content, key)
    return f"{text}\n" if text else ""
