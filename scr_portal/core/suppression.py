"""What a page of figures shows of small numbers: nothing, nor what would give them away.

Numbers are of reviews, never of people, and no review is set against another. 1 to 4 is not shown,
and neither is what would give such a number away: see ``shown``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

SMALLEST = 5


class Line(Protocol):
    """``within`` is the line that counts every review which this one counts, and more."""

    @property
    def key(self) -> str: ...

    @property
    def within(self) -> str: ...


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Band:
    """Years that are counted together."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Shown(Generic[L]):
    """None is a number that is not shown."""

    line: L
    bands: tuple[int | None, ...]
    total: int | None


def bands(reviews: Mapping[int, int]) -> list[Band]:
    """Neighbouring years, the oldest first, so that each band holds enough reviews to be shown."""
    found: list[Band] = []
    first, held = None, 0
    for year in sorted(reviews):
        first, held = year if first is None else first, held + reviews[year]
        if held >= SMALLEST:
            found.append(Band(first, year))
            first, held = None, 0
    if held and found:
        found[-1] = Band(found[-1].first, max(reviews))
    elif held and first is not None:
        found = [Band(first, max(reviews))]
    return found


def shown(lines: Sequence[L], counts: Mapping[str, Sequence[int]]) -> list[Shown[L]]:
    """``counts`` are by band; the line that another is within comes before it.

    A line with a small number in one band shows none of its bands: with the total and the others
    it could be worked out. Nor does a line within it: its bands would be bounds from which it could
    be narrowed down. So the total alone is left, and that is hidden where it is small.

    A small rest counts as a small number: 6 of 7 gives away the one.
    """
    whole, open_total = {"": True}, {"": True}
    around: dict[str, list[str]] = {"": []}
    found = []
    for line in lines:
        around[line.key] = [*around[line.within], line.key]
        numbers = tuple(counts[line.key])
        outer = [counts[key] for key in around[line.within]]
        rests = [big - one for each in outer for big, one in zip(each, numbers, strict=True)]
        total = sum(numbers)
        totals = [total, *(sum(each) - total for each in outer)]
        whole[line.key] = whole[line.within] and not any(map(is_small, (*numbers, *rests)))
        open_total[line.key] = open_total[line.within] and not any(map(is_small, totals))
        kept: tuple[int | None, ...] = numbers if whole[line.key] else (None,) * len(numbers)
        found.append(Shown(line, kept, total if open_total[line.key] else None))
    return found


def is_small(number: int) -> bool:
    return 0 < number < SMALLEST
