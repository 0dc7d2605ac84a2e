"""Blocks side by side on a grid of rows, wrapped into shelves; no two share a cell.

It is tried many hundred times for one picture, so it counts in plain lists.
"""

from collections.abc import Sequence

from families.people.network.blocks import Block
from families.people.network.bonds import Bond

_NEAREST = 12  # of a block's ties so many say where it is drawn to


class Packing:
    def __init__(self, blocks: Sequence[Block], bonds: Sequence[Bond], columns: int) -> None:
        self.blocks = blocks
        self.columns = max(columns, *(block.columns for block in blocks))
        self.wide = [block.columns for block in blocks]
        number = _row_numbers(blocks)
        self.count = len(number)
        self.rows = [_covered(block, number) for block in blocks]
        self.owner = {cell[0]: i for i, block in enumerate(blocks) for cell in block.cells}
        self.near: list[dict[tuple[int, int], None]] = [{} for _ in blocks]
        for bond in bonds:
            for one in bond.spots:
                mine = self.near[self.owner[one]]
                mine.update(
                    {(one, o): None for o in bond.spots if self.owner[o] != self.owner[one]}
                )
        self.nearest = [list(near)[:_NEAREST] for near in self.near]

    def columns_of(self, turned: frozenset[int]) -> list[int]:
        """The column of each spot within its block."""
        found = [0] * len(self.owner)
        for index, block in enumerate(self.blocks):
            for spot, _, _, column in block.cells:
                found[spot] = block.columns - 1 - column if index in turned else column
        return found

    def packed(self, order: Sequence[int], local: list[int]) -> tuple[list[int], list[int]]:
        """Shelf and column of each block: as far left as it goes, then drawn to whom it knows."""
        free = [[0] * self.count]
        shelves, lefts = [0] * len(order), [0] * len(order)
        for index in order:
            wide, rows, shelf = self.wide[index], self.rows[index], 0
            while True:
                used = free[shelf]
                column = max([used[row] for row in rows])
                if column + wide <= self.columns:
                    break
                shelf += 1
                if shelf == len(free):
                    free.append([0] * self.count)
            shelves[index], lefts[index] = shelf, column
            for row in rows:
                used[row] = column + wide
        self._drawn_right(order, local, shelves, lefts, len(free))
        self._drawn_left(order, local, shelves, lefts, len(free))
        return shelves, lefts

    def _drawn_right(
        self, order: Sequence[int], local: list[int], shelves: list[int], lefts: list[int], n: int
    ) -> None:
        limit = [[self.columns] * self.count for _ in range(n)]
        for index in reversed(order):
            used, rows, column = limit[shelves[index]], self.rows[index], lefts[index]
            end = min([used[row] for row in rows]) - self.wide[index]
            if end > column:
                column = max(column, min(self._wish(index, local, shelves, lefts), end))
                lefts[index] = column
            for row in rows:
                used[row] = column

    def _drawn_left(
        self, order: Sequence[int], local: list[int], shelves: list[int], lefts: list[int], n: int
    ) -> None:
        limit = [[0] * self.count for _ in range(n)]
        for index in order:
            used, rows, column = limit[shelves[index]], self.rows[index], lefts[index]
            start = max([used[row] for row in rows])
            if start < column:
                column = min(column, max(self._wish(index, local, shelves, lefts), start))
                lefts[index] = column
            for row in rows:
                used[row] = column + self.wide[index]

    def _wish(self, index: int, local: list[int], shelves: list[int], lefts: list[int]) -> int:
        """The column at which half of its people's ties lead left and half lead right."""
        shelf, gaps = shelves[index], []
        for one, other in self.nearest[index]:
            block = self.owner[other]
            if shelves[block] == shelf:
                gaps.append(lefts[block] + local[other] - local[one])
        if not gaps:
            return lefts[index]
        gaps.sort()
        return gaps[len(gaps) // 2]


def _row_numbers(blocks: Sequence[Block]) -> dict[tuple[int, int], int]:
    """Every row of every lane, from the top; a lane is as deep as its deepest household needs."""
    deep: dict[int, int] = {}
    for block in blocks:
        for _, lane, row, _ in block.cells:
            deep[lane] = max(deep.get(lane, 0), row + 1)
    rows = [(lane, row) for lane in sorted(deep) for row in range(deep[lane])]
    return {row: number for number, row in enumerate(rows)}


def _covered(block: Block, number: dict[tuple[int, int], int]) -> list[int]:
    """From its first row to its last: also rows between that it leaves empty."""
    found = [number[lane, row] for _, lane, row, _ in block.cells]
    return list(range(min(found), max(found) + 1))
