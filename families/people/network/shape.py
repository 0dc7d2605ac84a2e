"""What the picture is drawn from: plain facts, so that whoever calls decides what a reader may see.

Labels come ready, as pseudonyms or real names; nothing here knows which.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Life(StrEnum):
    ALIVE = "alive"
    DIED = "died"
    UNBORN = "unborn"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """Of parents, ``a`` is the parent of ``b``; all others hold both ways."""

    BIRTH = "birth"
    ADOPTIVE = "adoptive"
    FOSTER = "foster"
    STEP = "step"
    GUARDIAN = "guardian"
    PARTNER = "partner"
    SIBLING = "sibling"
    HALF_SIBLING = "half_sibling"
    STEP_SIBLING = "step_sibling"
    ADOPTIVE_SIBLING = "adoptive_sibling"
    OTHER = "other"


PARENTS = (Kind.BIRTH, Kind.ADOPTIVE, Kind.STEP, Kind.FOSTER, Kind.GUARDIAN)
SIBLINGS = (Kind.SIBLING, Kind.HALF_SIBLING, Kind.STEP_SIBLING, Kind.ADOPTIVE_SIBLING)


@dataclass(frozen=True)
class Node:
    """A person. ``label`` is the name to show, ``detail`` a few words such as "aged 34"."""

    id: int
    label: str
    detail: str = ""
    sex: str = Sex.UNKNOWN
    life: str = Life.ALIVE
    is_child: bool = False
    note: str = ""


@dataclass(frozen=True)
class Tie:
    """``words`` say what a line cannot: "separated 2019", "neighbour"."""

    kind: str
    a: int
    b: int
    ended: bool = False
    words: str = ""


@dataclass(frozen=True)
class Household:
    id: int
    label: str
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Network:
    """The same facts without what cannot be drawn: see ``tidy``."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    households: tuple[Household, ...]


def tidy(nodes: Sequence[Node], ties: Iterable[Tie], households: Iterable[Household]) -> Network:
    """Without people given twice, people tied to themselves, and ties to nobody.

    People enter what they know, in any order; a slip must not cost them the picture.
    """
    known = {node.id: node for node in reversed(nodes)}
    kept: dict[tuple[str, int, int], Tie] = {}
    for tie in ties:
        if tie.a == tie.b or not {tie.a, tie.b} <= known.keys() or tie.kind not in list(Kind):
            continue
        ends = (tie.a, tie.b) if tie.kind in PARENTS else (min(tie.a, tie.b), max(tie.a, tie.b))
        kept.setdefault((tie.kind, *ends), tie)
    homes: dict[int, Household] = {}
    for home in households:
        members = tuple(dict.fromkeys(each for each in home.members if each in known))
        if members:
            homes.setdefault(home.id, Household(home.id, home.label, members))
    everybody = tuple(known[each] for each in dict.fromkeys(node.id for node in nodes))
    return Network(everybody, tuple(kept.values()), tuple(homes.values()))
