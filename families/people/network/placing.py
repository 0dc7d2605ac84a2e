"""Where each block stands: the order of blocks that makes the lines shortest.

It is found by trying: two blocks change places, or one is turned round, and what is better is kept.
The number of tries is fixed, so that the same family always gives the same picture, and in time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from families.people.network.blocks import Block
from families.people.network.bonds import Bond, Role
from families.people.network.packing import Packing

_WEIGHT = {Role.FAMILY: 1.0, Role.PARTNER: 2.0, Role.SIBLINGS: 0.8, Role.OTHER: 0.4, Role.SAME: 0.7}
_SHELF = 4  # what a shelf more costs, in columns
_ACROSS = 6  # what a line between two shelves costs


@dataclass(frozen=True)
class Plan:
    """An order of the blocks, and which of them are turned round."""

    order: tuple[int, ...]
    turned: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Grid:
    """Columns and rows from 0; ``lanes`` says for each row its shelf and its lane."""

    at: dict[int, tuple[int, int]]
    blocks: tuple[tuple[Block, int, int, int], ...]  # block, column, first row, last row
    lanes: tuple[tuple[int, int], ...]
    columns: int


class Placing:
    def __init__(self, blocks: Sequence[Block], bonds: Sequence[Bond], columns: int) -> None:
        self.packing = Packing(blocks, bonds, columns)
        self.bonds = [(bond.spots, bond.ups, _WEIGHT[bond.role]) for bond in bonds]
        lane = {cell[0]: cell[1:3] for block in blocks for cell in block.cells}
        self.level = {bond.ups for bond in bonds if len({lane[up] for up in bond.ups}) == 1}

    def best(self, plan: Plan, tries: int) -> Plan:
        cost, found = self.cost(plan), True
        while found:
            found = False
            for move in _moves(len(plan.order)):
                if not tries:
                    return plan
                tries -= 1
                changed = _moved(plan, *move)
                price = self.cost(changed)
                if price < cost - 1e-6:
                    plan, cost, found = changed, price, True
        return plan

    def cost(self, plan: Plan) -> float:
        local = self.packing.columns_of(plan.turned)
        shelves, lefts = self.packing.packed(plan.order, local)
        owner = self.packing.owner
        at = [lefts[owner[spot]] + column for spot, column in enumerate(local)]
        shelf = [shelves[owner[spot]] for spot in range(len(local))]
        total = 0.01 * sum(at) + _SHELF * max(shelves)
        for spots, ups, weight in self.bonds:
            columns = [at[spot] for spot in spots]
            used = [shelf[spot] for spot in spots]
            long = max(columns) - min(columns) + _ACROSS * (max(used) - min(used))
            if len(ups) > 1:
                sides = [at[up] for up in ups]
                long += max(sides) - min(sides) + (-1 if ups in self.level else 1)
            total += weight * long
        return total

    def grid(self, plan: Plan) -> Grid:
        local = self.packing.columns_of(plan.turned)
        shelves, lefts = self.packing.packed(plan.order, local)
        first = min(lefts)
        rows = {
            cell[0]: (shelves[index], *cell[1:3])
            for index, block in enumerate(self.packing.blocks)
            for cell in block.cells
        }
        used = sorted(set(rows.values()))
        number = {row: index for index, row in enumerate(used)}
        at = {
            spot: (lefts[self.packing.owner[spot]] + local[spot] - first, number[row])
            for spot, row in sorted(rows.items())
        }
        placed = []
        for block, left in zip(self.packing.blocks, lefts, strict=True):
            levels = [at[cell[0]][1] for cell in block.cells]
            placed.append((block, left - first, min(levels), max(levels)))
        columns = max(block.columns + column for block, column, _, _ in placed)
        return Grid(at, tuple(placed), tuple((shelf, lane) for shelf, lane, _ in used), columns)


def _moves(count: int) -> Iterable[tuple[int, int]]:
    """Turn each round, then change each with its neighbour, then with those farther off."""
    return ((i, i + by) for by in range(count) for i in range(count - by))


def _moved(plan: Plan, i: int, j: int) -> Plan:
    if i == j:
        return Plan(plan.order, plan.turned ^ {plan.order[i]})
    order = list(plan.order)
    order[i], order[j] = order[j], order[i]
    return Plan(tuple(order), plan.turned)
