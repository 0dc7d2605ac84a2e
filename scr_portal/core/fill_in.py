"""Questions with boxes to fill in away from the portal, whichever program they are filled in with.

Each item carries a hidden key, by which its answers are known when the file comes back, and the
file one for all of them. What they are is for the room that hands it out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Column:
    """One thing to be said of each item; ``choices`` are the words of a list to choose from.

    ``width`` is in characters (Excel), ``height`` in millimetres of room to write (Word).
    """

    name: str
    label: str
    width: int = 30
    height: int = 10
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Item:
    """``texts``: name of a column to what stands there. A column that is not named has no box."""

    key: str
    number: str
    words: str
    texts: Mapping[str, str]

    @property
    def heading(self) -> str:
        return f"{self.number} {self.words}".strip()


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    intro: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Pack:
    key: str
    title: str
    facts: Sequence[tuple[str, str]]
    how: Sequence[str]
    columns: Sequence[Column]
    groups: Sequence[Group]
    marking: str
    made_at: datetime


@dataclass
class Filled:
    """An item as a file holds it: ``heading`` is the wording that stands beside the answers."""

    key: str
    heading: str
    texts: dict[str, str] = field(default_factory=dict)
    # A column that stands there twice says nothing that could be trusted.
    twice: bool = False


@dataclass
class Returned:
    key: str = ""
    items: list[Filled] = field(default_factory=list)
