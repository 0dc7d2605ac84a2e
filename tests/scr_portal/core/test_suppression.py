"""1 to 4 is not shown, and no number that is shown gives one of them away."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.figures import rules
from families.figures.rules import Line
from scr_portal.core.suppression import SMALLEST, Shown, bands, is_small, shown

# A busy machine draws slowly; that says nothing of what is drawn.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
CHAIN = (Line("reviews", "R", ""), Line("considered", "C"), Line("invited", "I", "considered"))


@st.composite
def boards(draw) -> dict[str, tuple[int, ...]]:
    """Three lines, each within the one before it."""
    width = draw(st.integers(1, 2))
    found: dict[str, tuple[int, ...]] = {}
    most = [9] * width
    for line in CHAIN:
        most = [draw(st.integers(0, each)) for each in most]
        found[line.key] = tuple(most)
    return found


def spread(total: int, width: int) -> Iterator[tuple[int, ...]]:
    if width == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in spread(total - first, width - 1):
            yield (first, *rest)


Reading = tuple[int, ...]


def readings(row: Shown, outer: list[Reading], *, free: bool = False) -> list[Reading]:
    """All that the line could be, for who knows the rules, reads the table and knows ``outer``.

    ``free``: hidden because the line that it is within is.
    """
    if row.bands and row.bands[0] is not None:
        found = [tuple(each or 0 for each in row.bands)]
    else:
        sums = [sum(each) for each in outer]
        most = min(sums, default=SMALLEST)
        hidden = [
            n
            for n in range(most + 1)
            if free or is_small(n) or any(is_small(each - n) for each in sums)
        ]
        totals = [row.total] if row.total is not None else hidden
        found = [each for total in totals for each in spread(total, len(row.bands))]
    return [each for each in found if all(fits(each, big) for big in outer)]


def fits(inner: Reading, outer: Reading) -> bool:
    return all(one <= other for one, other in zip(inner, outer, strict=True))


def possible(rows: list[Shown]) -> list[tuple[Reading, ...]]:
    """The readings of all lines together."""
    reviews, considered, invited = rows
    return [
        (one, two, three)
        for one in readings(reviews, [])
        for two in readings(considered, [one], free=reviews.total is None)
        for three in readings(invited, [one, two], free=considered.total is None)
    ]


@settings(max_examples=100, **UNHURRIED)
@given(boards())
def test_no_small_number_and_no_small_rest_can_be_worked_out(counts):
    found = possible(shown(CHAIN, counts))
    truth = tuple(counts[line.key] for line in CHAIN)
    assert truth in found
    everything = [lambda each, n=n: each[n] for n in range(3)]
    rests = [
        lambda each, big=big, one=one: tuple(
            x - y for x, y in zip(each[big], each[one], strict=True)
        )
        for big, one in ((0, 1), (0, 2), (1, 2))
    ]
    for numbers in (*everything, *rests):
        for band, number in enumerate(numbers(truth)):
            if is_small(number):
                assert len({numbers(each)[band] for each in found}) > 1, (counts, band)
        if is_small(sum(numbers(truth))):
            assert len({sum(numbers(each)) for each in found}) > 1, counts


def test_a_small_rest_is_not_shown():
    """6 of 7 gives away the one whose grandparents nobody thought of."""
    row = shown(CHAIN[:2], {"reviews": [7], "considered": [6]})[1]
    assert row.bands == (None,) and row.total is None


@settings(**UNHURRIED)
@given(boards())
def test_no_small_number_is_shown_and_none_is_changed(counts):
    for row in shown(CHAIN, counts):
        truth = counts[row.line.key]
        for cell, number in zip((*row.bands, row.total), (*truth, sum(truth)), strict=True):
            assert cell is None or (cell == number and not is_small(cell))


def test_a_total_does_not_give_away_what_a_year_hides():
    """7 in one band and 9 in all would be 2 in the other."""
    row = shown(CHAIN[:2], {"reviews": [9, 8], "considered": [7, 2]})[1]
    assert row.bands == (None, None) and row.total == 9


def test_a_line_within_another_does_not_narrow_it_down():
    """7 invited of 7 who were considered would leave 2 for the other band."""
    rows = shown(CHAIN, {"reviews": [7, 8], "considered": [7, 2], "invited": [7, 0]})
    assert rows[0].bands == (7, 8)
    assert rows[1].bands == rows[2].bands == (None, None)
    assert (rows[1].total, rows[2].total) == (9, None)


def test_what_is_not_small_is_shown():
    rows = shown(CHAIN, {"reviews": [15, 8], "considered": [10, 0], "invited": [5, 0]})
    assert [row.bands for row in rows] == [(15, 8), (10, 0), (5, 0)]


@settings(**UNHURRIED)
@given(st.dictionaries(st.integers(2006, 2030), st.integers(1, 12), max_size=8))
def test_years_are_joined_until_their_reviews_can_be_shown(by_year):
    found = bands(by_year)
    sums = [
        sum(n for year, n in by_year.items() if band.first <= year <= band.last) for band in found
    ]
    assert sum(sums) == sum(by_year.values())
    if sum(sums) >= SMALLEST:
        assert not any(is_small(each) for each in sums)
    assert all(one.last < other.first for one, other in pairwise(found))
    assert bool(found) == bool(by_year)


def test_a_band_is_called_by_its_years():
    assert [str(band) for band in bands({2019: 2, 2021: 4, 2022: 6})] == ["2019–2021", "2022"]


def test_every_line_comes_after_the_one_it_is_within():
    seen = {""}
    for line in rules.LINES:
        assert line.within in seen, line.key
        seen.add(line.key)
