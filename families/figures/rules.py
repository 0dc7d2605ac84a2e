"""What the board counts of families in its reviews, after Ofsted 2009, and what it hides of it.

Numbers are of reviews, never of people, and no review is set against another. 1 to 4 is not shown,
and neither is what would give such a number away: see ``shown``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SMALLEST = 5

REVIEWS = "reviews"


@dataclass(frozen=True)
class Line:
    """``within`` is the line that counts every review which this one counts, and more."""

    key: str
    label: str | Promise
    within: str = REVIEWS


@dataclass(frozen=True)
class Group:
    label: str | Promise
    lines: tuple[Line, ...]


GROUPS = (
    Group(_("Reviews"), (Line(REVIEWS, _("Reviews held"), ""),)),
    Group(
        _("Parents and step-parents"),
        (
            Line("parents_invited", _("Invited")),
            Line("parents_accepted", _("Said yes")),
            Line("parents_took_part", _("Took part"), "parents_accepted"),
            Line("parents_declined", _("Said no")),
        ),
    ),
    Group(
        _("Grandparents"),
        (
            Line("grandparents_considered", _("Considered")),
            Line("grandparents_invited", _("Invited"), "grandparents_considered"),
            Line("grandparents_took_part", _("Took part")),
        ),
    ),
    Group(
        _("The child, brothers and sisters"),
        (
            Line("children_considered", _("Considered")),
            Line("children_invited", _("Invited"), "children_considered"),
            Line("children_took_part", _("Took part")),
        ),
    ),
    Group(
        _("Other family, carers and friends"),
        (
            Line("others_considered", _("Considered")),
            Line("others_invited", _("Invited"), "others_considered"),
            Line("others_took_part", _("Took part")),
        ),
    ),
    Group(
        _("Interpreters, and what became of the words"),
        (
            Line("interpreter_needed", _("An interpreter was needed")),
            Line("interpreter_used", _("An interpreter was used"), "interpreter_needed"),
            Line("told_of_words", _("Somebody was told what became of their words")),
        ),
    ),
)
LINES = tuple(line for group in GROUPS for line in group.lines)


@dataclass(frozen=True)
class Band:
    """Years of referral that are counted together."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Shown:
    """None is a number that is not shown."""

    line: Line
    bands: tuple[int | None, ...]
    total: int | None


def bands(reviews: Mapping[int, int]) -> list[Band]:
    """Neighbouring years, the oldest first, so that each band holds enough reviews to be shown."""
    found: list[Band] = []
    first, held = 0, 0
    for year in sorted(reviews):
        first, held = first or year, held + reviews[year]
        if held >= SMALLEST:
            found.append(Band(first, year))
            first, held = 0, 0
    if held and found:
        found[-1] = Band(found[-1].first, max(reviews))
    elif held:
        found = [Band(first, max(reviews))]
    return found


def shown(lines: Sequence[Line], counts: Mapping[str, Sequence[int]]) -> list[Shown]:
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
