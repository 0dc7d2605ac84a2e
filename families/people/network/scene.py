"""A grid with people on it becomes a picture: symbols, labels, lines, outlines and lanes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from families.people.network.bonds import Bond, Spot
from families.people.network.drawing import drawn
from families.people.network.lettering import LEADING, SMALL, wrap
from families.people.network.measures import (
    CELL,
    EDGE,
    HALF,
    HALF_MARKED,
    OUTLINE,
    SIDE,
    Label,
    Measures,
    letters,
    measured,
)
from families.people.network.picture import Box, Lane, Letters, Outline, Person, Picture, Symbol
from families.people.network.placing import Grid
from families.people.network.routing import routed, tracked
from families.people.network.shape import Life, Sex

_FORMS: dict[str, str] = {Sex.FEMALE: "circle", Sex.MALE: "square"}


@dataclass(frozen=True)
class Scene:
    """Who is drawn, whatever the grid; ``others`` is a lane apart for who is no family."""

    spots: tuple[Spot, ...]
    bonds: tuple[Bond, ...]
    labels: tuple[Label, ...]
    names: dict[int, str]
    others: int | None

    def picture(self, grid: Grid) -> Picture:
        wires = routed(self.bonds, grid.at)
        found = measured(grid, self.labels, wires, tracked(wires), self.names)
        people = tuple(
            _person(spot, label, grid, found)
            for spot, label in zip(self.spots, self.labels, strict=True)
        )
        lines = drawn(wires, [person.symbol for person in people], grid, found)
        return Picture(
            found.width,
            found.height,
            people,
            tuple(lines.lines),
            tuple(lines.dots),
            tuple(lines.strokes),
            tuple(lines.rings),
            tuple(_outlines(grid, found)),
            tuple(_lanes(grid, found, _child_lane(self.spots), self.others)),
        )


def _person(spot: Spot, label: Label, grid: Grid, found: Measures) -> Person:
    node, (column, row) = spot.node, grid.at[spot.index]
    x, y = found.centre(column, row)
    form = "triangle" if node.life == Life.UNBORN else _FORMS.get(node.sex, "diamond")
    symbol = Symbol(
        node.id,
        spot.home.id if spot.home else None,
        form,
        x,
        y,
        HALF_MARKED if node.is_child else HALF,
        died=node.life == Life.DIED,
        asked=node.life == Life.UNKNOWN,
        marked=node.is_child,
    )
    return Person(symbol, letters(spot, label, grid, found))


def _outlines(grid: Grid, found: Measures) -> Iterable[Outline]:
    for block, column, first, last in grid.blocks:
        if block.home is not None:
            left = found.cells[column] - OUTLINE
            right = found.cells[column + block.columns - 1] + CELL + OUTLINE
            top, bottom = found.rows[first] + 3, found.row_ends[last] - 2
            yield Outline(
                block.home, Box(left, top, right - left, bottom - top), found.captions[block.home]
            )


def _child_lane(spots: tuple[Spot, ...]) -> int | None:
    return next((spot.lane for spot in spots if spot.node.is_child), None)


def _lanes(grid: Grid, found: Measures, child: int | None, others: int | None) -> Iterable[Lane]:
    for row, lane in enumerate(grid.lanes):
        if row and grid.lanes[row - 1] == lane:
            continue
        last = max(i for i, each in enumerate(grid.lanes) if each == lane)
        bottom = found.row_ends[last]
        if last + 1 == len(grid.lanes):
            bottom = found.height - EDGE
        box = Box(EDGE, found.channels[row], found.width - 2 * EDGE, bottom - found.channels[row])
        words = _("Friends and others") if lane[1] == others else _lane_words(lane[1], child)
        lines = wrap(words, SIDE - 12, 3, SMALL)
        label = Box(EDGE + 10, found.rows[row] + 10, SIDE - 12, LEADING * len(lines))
        yield Lane(box, Letters(label, lines, 0, words), lane[1] % 2 == 0)


def _lane_words(lane: int, child: int | None) -> str:
    if child is None:
        return _("Generation %(number)s") % {"number": lane + 1}
    names = {
        -3: _("Great-grandparents’ generation"),
        -2: _("Grandparents’ generation"),
        -1: _("Parents’ generation"),
        0: _("Child’s generation"),
        1: _("Next generation"),
    }
    by = lane - child
    fallback = _("%(count)s generations %(where)s") % {
        "count": abs(by),
        "where": _("earlier") if by < 0 else _("later"),
    }
    return names.get(by, fallback)
