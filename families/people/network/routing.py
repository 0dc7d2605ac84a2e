"""Which way each bond takes: along the gaps between columns and rows, never through a cell.

A gutter lies left of each column and right of the last, a channel above each row and below the
last. Every bond has a track of its own there, so that two lines may cross but never run as one.
Levels along a gutter are counted in halves: channel r is 2r, the middle of row r is 2r + 1; so are
the places along a channel: gutter g is 2g, the middle of column c is 2c + 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from families.people.network.bonds import Bond, Role

Span = list[int]


@dataclass
class Wire:
    """The way of one bond. ``straight`` is the gutter between two neighbours joined directly."""

    bond: Bond
    channel: int
    straight: int | None = None
    stubs: list[tuple[int, int]] = field(default_factory=list)  # spot, gutter
    verticals: dict[int, Span] = field(default_factory=dict)
    bars: dict[int, Span] = field(default_factory=dict)

    def along(self, gutter: int, *levels: int) -> None:
        _stretch(self.verticals, gutter, levels)

    def bar(self, channel: int, *places: int) -> None:
        _stretch(self.bars, channel, places)


def _stretch(spans: dict[int, Span], where: int, points: Iterable[int]) -> None:
    reach = [*spans.get(where, []), *points]
    spans[where] = [min(reach), max(reach)]


def routed(bonds: Sequence[Bond], at: dict[int, tuple[int, int]]) -> list[Wire]:
    """A wire for each bond; ``at`` is the column and row of each spot."""
    busy: dict[tuple[int, int], int] = {}
    return [_wire(bond, at, busy) for bond in bonds]


def _wire(bond: Bond, at: dict[int, tuple[int, int]], busy: dict[tuple[int, int], int]) -> Wire:
    channel = _channel(bond, at)
    wire = Wire(bond, channel)
    if len(bond.ups) == 2 and _neighbours(*(at[up] for up in bond.ups)):
        wire.straight = max(at[up][0] for up in bond.ups)
        wire.stubs = [(up, wire.straight) for up in bond.ups]
        if bond.downs:
            wire.along(wire.straight, 2 * at[bond.ups[0]][1] + 1, 2 * channel)
    else:
        for up in bond.ups:
            _hook(wire, up, channel, at, busy)
    if bond.downs:
        _hang(wire, channel, at)
    return wire


def _neighbours(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] == other[1] and abs(one[0] - other[0]) == 1


def _channel(bond: Bond, at: dict[int, tuple[int, int]]) -> int:
    """Where the sides meet: above the children next below, or under the couple."""
    rows = [at[up][1] for up in bond.ups]
    if not bond.downs:
        return max(rows) if min(rows) != max(rows) else rows[0] + 1
    below = sorted({at[down][1] for down, _ in bond.downs})
    wish = max(rows) + 1 if rows else below[0]
    return min(below, key=lambda row: (abs(row - wish), row))


def _hook(
    wire: Wire,
    up: int,
    channel: int,
    at: dict[int, tuple[int, int]],
    busy: dict[tuple[int, int], int],
) -> None:
    """From the side of a symbol, the side that looks towards the others, into the channel."""
    column, row = at[up]
    others = [at[spot][0] for spot in wire.bond.spots if spot != up]
    lean = sum(others) / len(others) - column if others else 0.0
    right = lean > 0 or (lean == 0 and busy.get((up, 1), 0) <= busy.get((up, 0), 0))
    busy[up, int(right)] = busy.get((up, int(right)), 0) + 1
    gutter = column + int(right)
    wire.stubs.append((up, gutter))
    wire.along(gutter, 2 * row + 1, 2 * channel)
    wire.bar(channel, 2 * gutter)


def _hang(wire: Wire, channel: int, at: dict[int, tuple[int, int]]) -> None:
    rows = sorted({at[down][1] for down, _ in wire.bond.downs})
    trunk = wire.stubs[0][1] if wire.stubs else None
    if trunk is None and len(rows) > 1:
        columns = [at[down][0] for down, _ in wire.bond.downs]
        trunk = (min(columns) + max(columns) + 1) // 2
    for down, _ in wire.bond.downs:
        column, row = at[down]
        wire.bar(row, 2 * column + 1)
    for row in rows:
        if trunk is not None and (row != channel or wire.straight is not None or len(rows) > 1):
            wire.bar(row, 2 * trunk)
            wire.along(trunk, 2 * row, 2 * channel)


@dataclass(frozen=True)
class Tracks:
    """The track of each wire, by its number, in each gutter and channel, and how many there are."""

    gutters: dict[tuple[int, int], int]
    channels: dict[tuple[int, int], int]
    in_gutter: dict[int, int]
    in_channel: dict[int, int]


def tracked(wires: Sequence[Wire]) -> Tracks:
    upright = [(g, span, i) for i, wire in enumerate(wires) for g, span in wire.verticals.items()]
    level = [(c, span, i) for i, wire in enumerate(wires) for c, span in wire.bars.items()]
    # Nearest to the children run the short lines of families, so that long ones cross them least.
    level.sort(key=lambda each: (wires[each[2]].bond.role != Role.SIBLINGS, _size(each[1])))
    level.sort(key=lambda each: len(wires[each[2]].bond.kinds) > 1)
    level.sort(key=lambda each: bool(wires[each[2]].bond.downs), reverse=True)
    upright.sort(key=lambda each: _size(each[1]))
    gutters, in_gutter = _assigned(upright)
    channels, in_channel = _assigned(level)
    return Tracks(gutters, channels, in_gutter, in_channel)


def _size(span: Span) -> int:
    return span[1] - span[0]


def _assigned(
    spans: Iterable[tuple[int, Span, int]],
) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    taken: dict[int, list[list[Span]]] = {}
    track: dict[tuple[int, int], int] = {}
    for where, span, wire in spans:
        tracks = taken.setdefault(where, [])
        free = (i for i, used in enumerate(tracks) if not any(_meet(span, o) for o in used))
        number = next(free, len(tracks))
        if number == len(tracks):
            tracks.append([])
        tracks[number].append(span)
        track[wire, where] = number
    return track, {where: len(tracks) for where, tracks in taken.items()}


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
