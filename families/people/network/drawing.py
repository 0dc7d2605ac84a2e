"""Lines: every wire becomes segments between true coordinates, with its style, dots and strokes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from families.people.network.bonds import Role
from families.people.network.measures import CELL, Measures
from families.people.network.picture import Line, Point, Symbol
from families.people.network.placing import Grid
from families.people.network.ports import Ports
from families.people.network.routing import Wire
from families.people.network.shape import Kind

HUES = 4
STYLES = {
    Kind.BIRTH: "solid",
    Kind.ADOPTIVE: "dashed",
    Kind.FOSTER: "dotted",
    Kind.GUARDIAN: "dotted",
    Kind.STEP: "dashdot",
    Kind.SIBLING: "solid",
    Kind.HALF_SIBLING: "long",
    Kind.STEP_SIBLING: "dashdot",
    Kind.ADOPTIVE_SIBLING: "dashed",
}
_PLAIN = {Role.SAME: "same", Role.OTHER: "thin"}


@dataclass
class Drawn:
    lines: list[Line] = field(default_factory=list)
    dots: list[tuple[Point, int]] = field(default_factory=list)
    strokes: list[tuple[Point, int]] = field(default_factory=list)
    rings: list[Point] = field(default_factory=list)


def drawn(wires: Sequence[Wire], symbols: Sequence[Symbol], grid: Grid, found: Measures) -> Drawn:
    drawing = Drawn()
    ports = Ports(wires, symbols, grid)
    families = 0
    for number, wire in enumerate(wires):
        way = _Way(number, wire, ports, found)
        hue = 1 + families % HUES if wire.bond.role is Role.FAMILY else 0
        families += wire.bond.role is Role.FAMILY
        pieces = way.pieces()
        words = wire.bond.words
        drawing.lines += [Line((p.a, p.b), number, p.style, hue, p.ends, words) for p in pieces]
        drawing.dots += [(point, hue) for point in _joints([(p.a, p.b) for p in pieces])]
        if wire.bond.ended:
            drawing.strokes.append((way.struck(), hue))
        if wire.bond.role is Role.OTHER:
            drawing.rings += way.touches
    return drawing


@dataclass(frozen=True)
class Piece:
    a: Point
    b: Point
    style: str
    ends: tuple[int, ...] = ()


@dataclass
class _Way:
    """One wire between true coordinates."""

    number: int
    wire: Wire
    ports: Ports
    found: Measures

    def __post_init__(self) -> None:
        bond = self.wire.bond
        self.hanging = {kind: STYLES[Kind(kind)] for kind in bond.kinds}
        self.spine = _PLAIN.get(bond.role) or self.alike(bond.kinds)
        self.touches = [
            self.ports.beside(self.number, self.wire, spot, gutter)
            for spot, gutter in self.wire.stubs
        ]
        self.drops: dict[int, list[tuple[Point, str, int]]] = {}
        for place, (spot, kind) in enumerate(bond.downs):
            point = self.ports.above(self.number, place, spot)
            self.drops.setdefault(self.ports.grid.at[spot][1], []).append((point, kind, spot))

    def alike(self, kinds: Iterable[str]) -> str:
        styles = {self.hanging[kind] for kind in kinds}
        return styles.pop() if len(styles) == 1 else "solid"

    def pieces(self) -> list[Piece]:
        found = [*self._sides()]
        for gutter, span in self.wire.verticals.items():
            found += self._upright(gutter, span)
        for channel, span in self.wire.bars.items():
            found += self._level(channel, span)
        return [piece for piece in found if piece.a != piece.b]

    def _sides(self) -> Iterable[Piece]:
        if self.wire.straight is not None:
            style = "solid" if self.wire.bond.partners else self.spine
            yield Piece(self.touches[0], self.touches[1], style, self.wire.bond.ups)
            return
        for (spot, gutter), (x, y) in zip(self.wire.stubs, self.touches, strict=True):
            yield Piece((x, y), (self.found.track_x(self.number, gutter), y), self.spine, (spot,))

    def _upright(self, gutter: int, span: list[int]) -> Iterable[Piece]:
        """In parts: beyond the children that are nearest, only what leads to the others."""
        x = self.found.track_x(self.number, gutter)
        bars = {
            self.found.track_y(self.number, channel): channel
            for channel in self.wire.bars
            if span[0] <= 2 * channel <= span[1]
        }
        joined = zip(self.wire.stubs, self.touches, strict=True)
        sources = [touch[1] for (_, each), touch in joined if each == gutter]
        near = min(bars, key=lambda y: abs(bars[y] - self.wire.channel))
        stops = sorted({*bars, *sources})
        for high, low in pairwise(stops):
            below = all(y <= high for y in (*sources, near))
            above = all(y >= low for y in (*sources, near))
            beyond = [c for y, c in bars.items() if (below and y >= low) or (above and y <= high)]
            kinds = {kind for c in beyond for _, kind, _ in self.drops.get(c, [])}
            yield Piece((x, high), (x, low), self.alike(kinds) if kinds else self.spine)

    def _level(self, channel: int, span: list[int]) -> Iterable[Piece]:
        """In parts as well: between the way down and a child, only what leads to that child."""
        y = self.found.track_y(self.number, channel)
        hung = self.drops.get(channel, [])
        sources = [
            self.found.track_x(self.number, gutter)
            for gutter, reach in self.wire.verticals.items()
            if span[0] <= 2 * gutter <= span[1] and reach[0] <= 2 * channel <= reach[1]
        ]
        for left, right in pairwise(sorted({*sources, *(point[0] for point, _, _ in hung)})):
            kinds: set[str] = set()
            if all(x <= left for x in sources):
                kinds = {kind for point, kind, _ in hung if point[0] >= right}
            elif all(x >= right for x in sources):
                kinds = {kind for point, kind, _ in hung if point[0] <= left}
            yield Piece((left, y), (right, y), self.alike(kinds) if kinds else self.spine)
        for point, kind, spot in hung:
            yield Piece((point[0], y), point, self.hanging[kind], (spot,))

    def struck(self) -> Point:
        """Half way to the edge of the cell of whom the fewest lines leave: no other is meant."""
        load, stubs = self.ports.load, self.wire.stubs
        place = min(range(len(stubs)), key=lambda i: load[stubs[i][0]])
        (spot, gutter), (x, y) = stubs[place], self.touches[place]
        way = -1 if gutter == self.ports.grid.at[spot][0] else 1
        return (x + self.ports.symbols[spot].x + way * CELL / 2) / 2 + way * 2, y


def _joints(pieces: list[tuple[Point, Point]]) -> list[Point]:
    """Where a line branches: three ways or more from one point."""
    found: list[Point] = []
    for point in sorted({end for piece in pieces for end in piece}):
        ways = sum(_ways(point, a, b) for a, b in pieces)
        if ways > 2:
            found.append(point)
    return found


def _ways(point: Point, a: Point, b: Point) -> int:
    if point in (a, b):
        return 1
    inside = a[0] == point[0] == b[0] and min(a[1], b[1]) < point[1] < max(a[1], b[1])
    inside |= a[1] == point[1] == b[1] and min(a[0], b[0]) < point[0] < max(a[0], b[0])
    return 2 if inside else 0
