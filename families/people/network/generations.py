"""Which lane everybody stands in: parents above their children, partners and siblings level.

What people enter may contradict itself (an ancestor of oneself, a sister who is also a guardian).
Ties are taken in the order in which they bind, and one that contradicts those before it is drawn
but no longer says who stands where.
"""

from collections.abc import Iterable

from families.people.network.shape import PARENTS, SIBLINGS, Kind, Network


def generations(network: Network) -> dict[int, int]:
    """From 0, the oldest, downwards; friends stand level with whom they know."""
    lanes = _Lanes(node.id for node in network.nodes)
    of_kind = {kind: [t for t in network.ties if t.kind == kind] for kind in Kind}
    for tie in of_kind[Kind.BIRTH]:
        lanes.above(tie.a, tie.b)
    for a, b in _together(network):
        lanes.level(a, b)
    for kind in (Kind.PARTNER, *SIBLINGS):
        for tie in of_kind[kind]:
            lanes.level(tie.a, tie.b)
    for kind in PARENTS[1:]:
        for tie in of_kind[kind]:
            lanes.above(tie.a, tie.b)
    return _beside_each_other(network, lanes)


def _together(network: Network) -> Iterable[tuple[int, int]]:
    """Parents of one child, and children who share a parent."""
    parents: dict[int, list[int]] = {}
    for tie in network.ties:
        if tie.kind == Kind.BIRTH:
            parents.setdefault(tie.b, []).append(tie.a)
    first: dict[int, int] = {}
    for child, found in parents.items():
        yield from ((found[0], other) for other in found[1:])
        yield from ((first.setdefault(parent, child), child) for parent in found)


class _Lanes:
    """People who stand level are one; ``below`` says who hangs under whom. Never a cycle."""

    def __init__(self, people: Iterable[int]) -> None:
        self.one = {each: each for each in people}
        self.below: dict[int, set[int]] = {each: set() for each in self.one}

    def of(self, person: int) -> int:
        while self.one[person] != person:
            person = self.one[person]
        return person

    def reaches(self, start: int, end: int) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            for each in self.below[waiting.pop()] - seen:
                if each == end:
                    return True
                seen.add(each)
                waiting.append(each)
        return False

    def above(self, parent: int, child: int) -> None:
        high, low = self.of(parent), self.of(child)
        if high != low and not self.reaches(low, high):
            self.below[high].add(low)

    def level(self, one: int, other: int) -> None:
        a, b = self.of(one), self.of(other)
        if a == b or self.reaches(a, b) or self.reaches(b, a):
            return
        self.one[b] = a
        self.below[a] |= self.below.pop(b)
        for each in self.below:
            if b in self.below[each]:
                self.below[each] = self.below[each] - {b} | {a}

    def depths(self) -> dict[int, int]:
        """As low as their children allow, so that a line from parent to child is short."""
        depth: dict[int, int] = {}
        order: list[int] = []
        above = {each: [up for up in self.below if each in self.below[up]] for each in self.below}
        while len(order) < len(above):
            for each in above:
                if each not in depth and all(up in depth for up in above[each]):
                    depth[each] = 1 + max((depth[up] for up in above[each]), default=-1)
                    order.append(each)
        for each in reversed(order):
            if self.below[each]:
                depth[each] = min(depth[low] for low in self.below[each]) - 1
        return depth


def strangers(network: Network) -> set[int]:
    """Who belongs to nobody here by family and lives with nobody who does."""
    kin = {end for tie in network.ties if tie.kind != Kind.OTHER for end in (tie.a, tie.b)}
    kin |= {node.id for node in network.nodes if node.is_child}
    kin |= {each for home in network.households if kin & {*home.members} for each in home.members}
    return {node.id for node in network.nodes} - kin


def _beside_each_other(network: Network, lanes: _Lanes) -> dict[int, int]:
    """Families that no tie of blood or law joins are laid level with whom they know."""
    depth = lanes.depths()
    group = _groups(lanes)
    child = next((node.id for node in network.nodes if node.is_child), None)
    main = group[lanes.of(child if child is not None else network.nodes[0].id)]
    shift = {main: 0}
    links = [(t.a, t.b) for t in network.ties if t.kind == Kind.OTHER]
    links += [(home.members[0], each) for home in network.households for each in home.members]
    at = {node.id: (group[lanes.of(node.id)], depth[lanes.of(node.id)]) for node in network.nodes}
    for _ in links:
        for a, b in [*links, *((b, a) for a, b in links)]:
            (here, level), (there, other) = at[a], at[b]
            if here in shift and there not in shift:
                shift[there] = shift[here] + level - other
    usual = max(0, depth[lanes.of(child)] - 1) if child is not None else 0
    for here, low in sorted((here, low) for here, low in at.values()):
        shift.setdefault(here, usual - low)
    found = {each: level + shift[here] for each, (here, level) in at.items()}
    top = min(found.values())
    return {each: level - top for each, level in found.items()}


def _groups(lanes: _Lanes) -> dict[int, int]:
    near: dict[int, set[int]] = {each: set(lows) for each, lows in lanes.below.items()}
    for each, lows in lanes.below.items():
        for low in lows:
            near[low].add(each)
    group: dict[int, int] = {}
    for start in near:
        waiting = [start]
        while waiting:
            each = waiting.pop()
            if each not in group:
                group[each] = start
                waiting.extend(near[each])
    return group
