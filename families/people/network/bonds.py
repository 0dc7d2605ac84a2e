"""What is drawn: each person once per household, and the bonds between these drawings.

A bond is one connected line: parents with their children, two partners, siblings whose parents are
not on record, anybody else, and the thin line between two drawings of one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from families.people.network.shape import PARENTS, SIBLINGS, Household, Kind, Network, Node, Tie


@dataclass(frozen=True)
class Spot:
    """One drawing of a person; ``home`` is None for who is in no household."""

    index: int
    node: Node
    home: Household | None
    lane: int


class Role(StrEnum):
    FAMILY = "family"
    PARTNER = "partner"
    SIBLINGS = "siblings"
    OTHER = "other"
    SAME = "same"


@dataclass(frozen=True)
class Bond:
    """``ups`` are joined at their sides, ``downs`` hang from above, each by its own kind of tie."""

    role: Role
    ups: tuple[int, ...]
    downs: tuple[tuple[int, str], ...] = ()
    partners: bool = False
    ended: bool = False
    words: str = ""

    @property
    def spots(self) -> tuple[int, ...]:
        return (*self.ups, *(spot for spot, _ in self.downs))

    @property
    def kinds(self) -> set[str]:
        return {kind for _, kind in self.downs}


def spots_of(network: Network, lanes: dict[int, int]) -> tuple[Spot, ...]:
    homes: dict[int, list[Household | None]] = {node.id: [] for node in network.nodes}
    for home in network.households:
        for member in home.members:
            homes[member].append(home)
    where = [(node, home) for node in network.nodes for home in homes[node.id] or [None]]
    return tuple(
        Spot(index, node, home, lanes[node.id]) for index, (node, home) in enumerate(where)
    )


def bonds_of(network: Network, spots: tuple[Spot, ...]) -> tuple[Bond, ...]:
    draw = _Copies(spots)
    partners = {frozenset((t.a, t.b)): t for t in network.ties if t.kind == Kind.PARTNER}
    families = [_family(group, partners, draw) for group in _families(network).values()]
    couples = set(_families(network))
    alone = [tie for pair, tie in partners.items() if pair not in couples]
    friends = [tie for tie in network.ties if tie.kind == Kind.OTHER]
    found = [
        *families,
        *(_pair(Role.PARTNER, tie, draw) for tie in alone),
        *(_siblings(group, kind, draw) for group, kind in _unexplained(network)),
        *(_pair(Role.OTHER, tie, draw) for tie in friends),
        *_same(spots),
    ]
    return tuple(found)


class _Copies:
    """Which drawing of each person a bond is fixed to: the one where most of them live together."""

    def __init__(self, spots: tuple[Spot, ...]) -> None:
        self.of: dict[int, list[Spot]] = {}
        for spot in spots:
            self.of.setdefault(spot.node.id, []).append(spot)

    def choose(self, people: Iterable[int]) -> dict[int, int]:
        people = list(people)
        here: dict[int, int] = {}
        for person in people:
            for spot in self.of[person]:
                if spot.home:
                    here[spot.home.id] = here.get(spot.home.id, 0) + 1
        return {
            person: max(
                self.of[person], key=lambda s: (here[s.home.id] if s.home else 0, -s.index)
            ).index
            for person in people
        }


def _families(network: Network) -> dict[frozenset[int], list[Tie]]:
    """The ties of each set of parents: a child may have several sets, each of one kind.

    Two step-parents or carers who are no couple are two sets: they never looked after it together.
    """
    couples = {frozenset((tie.a, tie.b)) for tie in network.ties if tie.kind == Kind.PARTNER}
    parents: dict[tuple[int, str], list[list[Tie]]] = {}
    for tie in network.ties:
        if tie.kind in PARENTS:
            groups = parents.setdefault((tie.b, tie.kind), [])
            both = tie.kind in (Kind.BIRTH, Kind.ADOPTIVE)
            group = next((g for g in groups if both or {tie.a, g[0].a} in couples), None)
            if group is None:
                groups.append([tie])
            else:
                group.append(tie)
    families: dict[frozenset[int], list[Tie]] = {}
    for ties in (group for groups in parents.values() for group in groups):
        families.setdefault(frozenset(tie.a for tie in ties), []).extend(ties)
    return families


def _family(ties: list[Tie], partners: dict[frozenset[int], Tie], draw: _Copies) -> Bond:
    ups = tuple(dict.fromkeys(tie.a for tie in ties))
    downs = tuple(dict.fromkeys((tie.b, str(tie.kind)) for tie in ties))
    at = draw.choose([*ups, *dict.fromkeys(child for child, _ in downs)])
    couple = partners.get(frozenset(ups))
    words = [tie.words for tie in ties if tie.words]
    return Bond(
        Role.FAMILY,
        tuple(at[each] for each in ups),
        tuple((at[child], kind) for child, kind in downs),
        partners=couple is not None,
        ended=couple is not None and couple.ended,
        words="; ".join(dict.fromkeys([couple.words, *words] if couple else words)),
    )


def _pair(role: Role, tie: Tie, draw: _Copies) -> Bond:
    at = draw.choose([tie.a, tie.b])
    couple = role is Role.PARTNER
    return Bond(role, (at[tie.a], at[tie.b]), (), couple, couple and tie.ended, tie.words)


def _unexplained(network: Network) -> Iterable[tuple[list[int], str]]:
    """Siblings whom no parent on record joins; full siblings of one another are one group."""
    parents: dict[int, set[int]] = {}
    for tie in network.ties:
        if tie.kind in PARENTS:
            parents.setdefault(tie.b, set()).add(tie.a)
    groups: list[set[int]] = []
    for tie in network.ties:
        if tie.kind not in SIBLINGS or parents.get(tie.a, set()) & parents.get(tie.b, set()):
            continue
        if tie.kind != Kind.SIBLING:
            yield [tie.a, tie.b], tie.kind
            continue
        met = [group for group in groups if group & {tie.a, tie.b}]
        groups = [group for group in groups if group not in met]
        groups.append({tie.a, tie.b}.union(*met))
    for group in groups:
        yield sorted(group), Kind.SIBLING


def _siblings(people: list[int], kind: str, draw: _Copies) -> Bond:
    at = draw.choose(people)
    return Bond(Role.SIBLINGS, (), tuple((at[each], str(kind)) for each in people))


def _same(spots: tuple[Spot, ...]) -> Iterable[Bond]:
    last: dict[int, int] = {}
    for spot in spots:
        if spot.node.id in last:
            yield Bond(Role.SAME, (last[spot.node.id], spot.index))
        last[spot.node.id] = spot.index
