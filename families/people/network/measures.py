"""From grid and tracks to lengths: how wide a gutter, how high a row or channel turns out."""

from collections.abc import Sequence
from dataclasses import dataclass

from families.people.network.bonds import Spot
from families.people.network.lettering import CAPTIONED, DETAIL, LEADING, width, wrap
from families.people.network.picture import Box, Letters
from families.people.network.placing import Grid
from families.people.network.routing import Tracks, Wire

CELL = 110
HALF = 16
HALF_MARKED = 19
SIDE = 112  # the names of the lanes
EDGE = 8
TRACK = 8
GUTTER_PAD = 8
CHANNEL_PAD = 4
SHELF_GAP = 18
OUTLINE = 5  # how far an outline stands off its cells
ABOVE = 12  # from the top of a row to its symbols
UNDER = 5
CAPTION = 16
LINES = 3


Label = tuple[tuple[str, ...], int]


def label_of(spot: Spot) -> Label:
    """The lines below a symbol and how many of them are the name."""
    name = wrap(spot.node.label, CELL, 2) or ("–",)
    return (*name, *wrap(spot.node.detail, CELL, LINES - len(name), DETAIL)), len(name)


@dataclass
class Measures:
    """Left edges of cells and gutters, top edges of rows and channels."""

    gutters: list[float]
    cells: list[float]
    channels: list[float]
    rows: list[float]
    row_ends: list[float]
    captions: dict[int, Letters]
    width: float
    height: float
    tracks: Tracks

    def track_x(self, wire: int, gutter: int) -> float:
        number = self.tracks.gutters[wire, gutter]
        return self.gutters[gutter] + GUTTER_PAD + (number + 0.5) * TRACK

    def track_y(self, wire: int, channel: int) -> float:
        number = self.tracks.in_channel[channel] - 1 - self.tracks.channels[wire, channel]
        return self.channels[channel] + CHANNEL_PAD + (number + 0.5) * TRACK

    def centre(self, column: int, row: int) -> tuple[float, float]:
        return self.cells[column] + CELL / 2, self.rows[row] + ABOVE + HALF


def measured(
    grid: Grid,
    labels: Sequence[Label],
    wires: Sequence[Wire],
    tracks: Tracks,
    names: dict[int, str],
) -> Measures:
    gutters, cells, across = _across(grid, tracks)
    found = Measures(gutters, cells, [], [], [], {}, across, 0, tracks)
    rooms = _caption_rooms(grid, wires, found, names)
    wrapped = {home: wrap(names[home], room[1], 3, CAPTIONED) for home, room in rooms.items()}
    feet = dict.fromkeys(range(len(grid.lanes)), 0)
    for block, _, _, last in grid.blocks:
        if block.home is not None:
            feet[last] = max(feet[last], len(wrapped[block.home]) or 1)
    _down(found, grid, labels, feet)
    for block, _, _, last in grid.blocks:
        if block.home is not None:
            left, room = rooms[block.home]
            lines = wrapped[block.home]
            top = found.row_ends[last] - UNDER - CAPTION * len(lines)
            box = Box(left, top, room, CAPTION * len(lines))
            found.captions[block.home] = Letters(box, lines, len(lines), names[block.home])
    return found


def _across(grid: Grid, tracks: Tracks) -> tuple[list[float], list[float], float]:
    gutters: list[float] = []
    cells: list[float] = []
    x: float = EDGE + SIDE
    for column in range(grid.columns + 1):
        gutters.append(x)
        x += 2 * GUTTER_PAD + TRACK * max(1, tracks.in_gutter.get(column, 0))
        if column < grid.columns:
            cells.append(x)
            x += CELL
    return gutters, cells, x + EDGE


def _down(found: Measures, grid: Grid, labels: Sequence[Label], feet: dict[int, int]) -> None:
    lines = dict.fromkeys(range(len(grid.lanes)), 0)
    for spot, (label, _) in enumerate(labels):
        row = grid.at[spot][1]
        lines[row] = max(lines[row], len(label))
    y: float = EDGE
    for row in range(len(grid.lanes) + 1):
        if 0 < row < len(grid.lanes) and grid.lanes[row][0] != grid.lanes[row - 1][0]:
            y += SHELF_GAP
        found.channels.append(y)
        count = found.tracks.in_channel.get(row, 0)
        y += 2 * CHANNEL_PAD + TRACK * count if count else 4
        if row < len(grid.lanes):
            found.rows.append(y)
            y = label_top(y) + LEADING * lines[row] + UNDER + CAPTION * feet[row] + 4
            found.row_ends.append(y)
    found.height = y + EDGE


def label_top(row: float) -> float:
    return row + ABOVE + HALF + HALF_MARKED + 2


def _caption_rooms(
    grid: Grid, wires: Sequence[Wire], found: Measures, names: dict[int, str]
) -> dict[int, tuple[float, float]]:
    """Left edge and width: a stretch at the foot of a block that no line passes."""
    rooms: dict[int, tuple[float, float]] = {}
    for block, column, _, last in grid.blocks:
        if block.home is None:
            continue
        crossed = {
            gutter
            for wire in wires
            for gutter, span in wire.verticals.items()
            if span[0] <= 2 * last + 1 and span[1] >= 2 * last + 2
        }
        runs: list[list[int]] = [[column]]
        for each in range(column + 1, column + block.columns):
            if each in crossed:
                runs.append([])
            runs[-1].append(each)
        # The first that is wide enough is where one looks for a caption.
        wide = [(found.cells[run[-1]] + CELL - found.cells[run[0]], run) for run in runs]
        needed = width(names[block.home], CAPTIONED)
        room, run = next(
            (each for each in wide if each[0] >= needed), max(wide, key=lambda each: each[0])
        )
        rooms[block.home] = found.cells[run[0]], room
    return rooms


def letters(spot: Spot, label: Label, grid: Grid, found: Measures) -> Letters:
    (column, row), (lines, strong) = grid.at[spot.index], label
    box = Box(found.cells[column], label_top(found.rows[row]), CELL, LEADING * len(lines))
    whole = ", ".join(each for each in (spot.node.label, spot.node.detail, spot.node.note) if each)
    return Letters(box, lines, strong, whole)
