"""What is moved as one: a household, a couple that is in none, or one person."""

from dataclasses import dataclass

from families.people.network.bonds import Bond, Role, Spot

WIDEST = 6


@dataclass(frozen=True)
class Block:
    """``cells`` says for each spot its lane, its row within that lane, and its column."""

    home: int | None
    cells: tuple[tuple[int, int, int, int], ...]  # spot, lane, row within the lane, column
    columns: int

    @property
    def lanes(self) -> tuple[int, int]:
        found = [lane for _, lane, _, _ in self.cells]
        return min(found), max(found)

    @property
    def last_row(self) -> int:
        """The row, within its last lane, where the block ends."""
        return max(row for _, lane, row, _ in self.cells if lane == self.lanes[1])


def blocks_of(spots: tuple[Spot, ...], bonds: tuple[Bond, ...]) -> tuple[Block, ...]:
    near = _near(bonds)
    groups: dict[tuple[str, int], list[Spot]] = {}
    for spot in spots:
        if spot.home:
            groups.setdefault(("home", spot.home.id), []).append(spot)
    alone = [spot for spot in spots if not spot.home]
    for couple in _couples(alone, near):
        groups["alone", couple[0].index] = couple
    return tuple(_block(group, near, bonds) for group in groups.values())


def _near(bonds: tuple[Bond, ...]) -> dict[int, list[int]]:
    """Who belongs beside whom: partners of today first, then parents of the same children."""
    near: dict[int, list[int]] = {}
    joined = [bond for bond in bonds if len(bond.ups) > 1 and bond.role in _COUPLES]
    for bond in sorted(joined, key=lambda bond: (not bond.partners, bond.ended)):
        for one in bond.ups:
            near.setdefault(one, []).extend(other for other in bond.ups if other != one)
    return near


_COUPLES = (Role.FAMILY, Role.PARTNER)


def _couples(alone: list[Spot], near: dict[int, list[int]]) -> list[list[Spot]]:
    by_index = {spot.index: spot for spot in alone}
    found: list[list[Spot]] = []
    for spot in alone:
        if spot.index not in by_index:
            continue
        del by_index[spot.index]
        mates = [by_index[each] for each in near.get(spot.index, ()) if each in by_index]
        group = [spot, *(mate for mate in mates if mate.lane == spot.lane)][:2]
        by_index.pop(group[-1].index, None)
        found.append(group)
    return found


def _block(group: list[Spot], near: dict[int, list[int]], bonds: tuple[Bond, ...]) -> Block:
    lanes: dict[int, list[int]] = {}
    for spot in sorted(group, key=lambda spot: (spot.lane, spot.index)):
        lanes.setdefault(spot.lane, []).append(spot.index)
    columns = min(WIDEST, max(len(lane) for lane in lanes.values()))
    at: dict[int, float] = {}
    cells: list[tuple[int, int, int, int]] = []
    for lane, members in lanes.items():
        chain = _chain(_under_parents(members, bonds, at), near)
        for place, index in enumerate(chain):
            row, left = divmod(place, columns)
            here = min(columns, len(chain) - row * columns)
            column = left + (columns - here) // 2
            cells.append((index, lane, row, column))
            at[index] = column + (columns - here) % 2 / 2
    return Block(group[0].home.id if group[0].home else None, tuple(cells), columns)


def _under_parents(members: list[int], bonds: tuple[Bond, ...], at: dict[int, float]) -> list[int]:
    above: dict[int, list[float]] = {}
    for bond in bonds:
        for spot, _ in bond.downs:
            above.setdefault(spot, []).extend(at[up] for up in bond.ups if up in at)
    mean = {spot: sum(found) / len(found) for spot, found in above.items() if found}
    return sorted(members, key=lambda spot: mean.get(spot, len(members) / 2))


def _chain(members: list[int], near: dict[int, list[int]]) -> list[int]:
    """Partners side by side; who has two stands between them."""
    left = list(members)
    beside = {one: [o for o in near.get(one, ()) if o in members][:2] for one in members}
    chain: list[int] = []
    while left:
        ends = [one for one in left if len([o for o in beside[one] if o in left]) < 2]
        one: int | None = (ends or left)[0]
        while one is not None:
            chain.append(one)
            left.remove(one)
            one = next((o for o in left if o in beside[one] or one in beside[o]), None)
    return chain
