"""A lifecycle as one table: a row per legal move."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise


@dataclass(frozen=True)
class Move:
    source: str
    target: str
    permission: str
    label: str | Promise
    # What will happen, and to whom: shown before an act that cannot be taken back.
    consequence: str | Promise = ""
    back: bool = False


class Table:
    def __init__(self, states: type[TextChoices], moves: Iterable[Move]) -> None:
        self.states = states
        self._moves = {(move.source, move.target): move for move in moves}

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves.values())

    def find(self, source: str, target: str) -> Move | None:
        return self._moves.get((source, target))

    def leaving(self, source: str) -> list[Move]:
        return [move for move in self if move.source == source]

    def pairs(self) -> list[tuple[str, str]]:
        return [(str(source), str(target)) for source, target in self._moves]

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram."""
        names = [f"    {state.value} : {state.label}" for state in self.states]
        arrows = [f"    {m.source} --> {m.target} : {m.label} ({m.permission})" for m in self]
        start = next(iter(self.states)).value
        return "\n".join(["stateDiagram-v2", f"    [*] --> {start}", *names, *arrows]) + "\n"
