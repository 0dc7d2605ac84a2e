"""1 to 4 is not shown, and no number that is shown gives one of them away."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.figures import rules
from families.figures.rules import Line, Shown, bands, is_small, shown

# A busy machine draws slowly; that says nothing of what is drawn.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
CHAIN = (Line("reviews", "R", ""), Line("considered", "C"), Line("invited", "I", "considered"))


@st.composite
def boards(draw) -> dict[str, tuple[int, ...]]:
    """Three lines, each within the one before it."""
    width = draw(st.integers(1, 3))
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


def readings(row: Shown) -> list[tuple[int, ...]]:
    """Everything that the line could be, for somebody who knows the rules and reads the table."""
    if row.bands and row.bands[0] is not None:
        return [tuple(each or 0 for each in row.bands)]
    totals = [row.total] if row.total is not None else range(1, rules.SMALLEST)
    return [each for total in totals for each in spread(total, len(row.bands))]


def fits(inner: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    return all(one <= other for one, other in zip(inner, outer, strict=True))


def possible(rows: list[Shown]) -> list[set[tuple[int, ...]]]:
    """Each line's readings that agree with some reading of the other two."""
    reviews, considered, invited = (readings(row) for row in rows)
    found: list[set[tuple[int, ...]]] = [set(), set(), set()]
    for middle in considered:
        outer = [each for each in reviews if fits(middle, each)]
        inner = [each for each in invited if fits(each, middle)]
        if outer and inner:
            found[0].update(outer)
            found[1].add(middle)
            found[2].update(inner)
    return found


@settings(max_examples=300, **UNHURRIED)
@given(boards())
def test_no_small_number_can_be_worked_out(counts):
    rows = shown(CHAIN, counts)
    for row, readable in zip(rows, possible(rows), strict=True):
        truth = counts[row.line.key]
        assert truth in readable
        for band, number in enumerate(truth):
            if is_small(number):
                assert len({reading[band] for reading in readable}) > 1, (row, truth)
        if is_small(sum(truth)):
            assert len({sum(reading) for reading in readable}) > 1, (row, truth)


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
    assert (rows[1].total, rows[2].total) == (9, 7)


def test_what_is_not_small_is_shown():
    rows = shown(CHAIN, {"reviews": [9, 8], "considered": [9, 0], "invited": [5, 0]})
    assert [row.bands for row in rows] == [(9, 8), (9, 0), (5, 0)]


@settings(**UNHURRIED)
@given(st.dictionaries(st.integers(2006, 2030), st.integers(1, 12), max_size=8))
def test_years_are_joined_until_their_reviews_can_be_shown(by_year):
    found = bands(by_year)
    sums = [
        sum(n for year, n in by_year.items() if band.first <= year <= band.last) for band in found
    ]
    assert sum(sums) == sum(by_year.values())
    if sum(sums) >= rules.SMALLEST:
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
