"""Where lines touch symbols: no two at one height in a gutter, no two on one spot above."""

from collections.abc import Sequence
from math import sqrt

from families.people.network.picture import Point, Symbol
from families.people.network.placing import Grid
from families.people.network.routing import Wire

_REACH = 11  # how far from the middle of a symbol a line may touch it


def side(symbol: Symbol, dy: float) -> float:
    """How far the outline of a symbol is from its middle, at a height."""
    half = symbol.half
    match symbol.form:
        case "circle":
            return sqrt(half * half - dy * dy)
        case "diamond":
            return half - abs(dy)
        case "triangle":
            return (half + dy) / 2
    return half


def top(symbol: Symbol, dx: float) -> float:
    half = symbol.half
    match symbol.form:
        case "circle":
            return -sqrt(half * half - dx * dx)
        case "diamond":
            return abs(dx) - half
        case "triangle":
            return 2 * abs(dx) - half
    return -half


class Ports:
    def __init__(self, wires: Sequence[Wire], symbols: Sequence[Symbol], grid: Grid) -> None:
        self.symbols, self.grid = symbols, grid
        sides: dict[tuple[int, int], list[tuple[bool, int, int]]] = {}
        hung: dict[int, list[tuple[float, int, int]]] = {}
        self.load: dict[int, int] = {}
        for number, wire in enumerate(wires):
            for place, (spot, gutter) in enumerate(wire.stubs):
                self.load[spot] = self.load.get(spot, 0) + 1
                if wire.straight is None or place == 0:
                    key = gutter, grid.at[spot][1]
                    sides.setdefault(key, []).append((wire.straight is None, number, spot))
            for place, (spot, _) in enumerate(wire.bond.downs):
                hung.setdefault(spot, []).append((self._lean(wire, spot), number, place))
        self.height: dict[tuple[int, int], float] = {}
        for stubs in sides.values():
            for (_, number, spot), dy in zip(sorted(stubs), _outwards(len(stubs)), strict=True):
                self.height[number, spot] = dy
        self.shift: dict[tuple[int, int], float] = {}
        for drops in hung.values():
            step = min(8, 2 * _REACH / max(1, len(drops) - 1))
            for index, (_, number, place) in enumerate(sorted(drops)):
                self.shift[number, place] = (index - (len(drops) - 1) / 2) * step

    def _lean(self, wire: Wire, spot: int) -> float:
        column = self.grid.at[spot][0]
        others = [self.grid.at[each][0] for each in wire.bond.spots if each != spot]
        return sum(others) / len(others) - column if others else 0

    def beside(self, number: int, wire: Wire, spot: int, gutter: int) -> Point:
        symbol = self.symbols[spot]
        dy = self.height[number, spot if wire.straight is None else wire.stubs[0][0]]
        reach = side(symbol, dy)
        left = gutter == self.grid.at[spot][0]
        return symbol.x + (-reach if left else reach), symbol.y + dy

    def above(self, number: int, place: int, spot: int) -> Point:
        symbol, dx = self.symbols[spot], self.shift[number, place]
        return symbol.x + dx, symbol.y + top(symbol, dx)


def _outwards(count: int) -> list[float]:
    """Heights from the middle outwards: 0, then above and below in turn."""
    step = min(7.0, _REACH / max(1, count // 2))
    return [((i + 1) // 2) * step * (-1 if i % 2 else 1) for i in range(count)]
