import itertools
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from scr_portal.core import dates
from scr_portal.core.dates import Span, Unit

BANK_HOLIDAYS = {
    2012: "02-01 06-04 09-04 07-05 04-06 05-06 27-08 25-12 26-12",  # Diamond Jubilee
    2020: "01-01 10-04 13-04 08-05 25-05 31-08 25-12 28-12",  # VE day moved to a Friday
    2021: "01-01 02-04 05-04 03-05 31-05 30-08 27-12 28-12",  # both Christmas days substituted
    2022: "03-01 15-04 18-04 02-05 02-06 03-06 29-08 19-09 26-12 27-12",  # Jubilee, funeral
    2023: "02-01 07-04 10-04 01-05 08-05 29-05 28-08 25-12 26-12",  # coronation
    2024: "01-01 29-03 01-04 06-05 27-05 26-08 25-12 26-12",
    2026: "01-01 03-04 06-04 04-05 25-05 31-08 25-12 28-12",
}

days = st.dates(date(2006, 1, 1), date(2035, 12, 31))
few = st.integers(-60, 60)
closed = st.sets(st.dates(date(2020, 1, 1), date(2021, 12, 31)), max_size=20)
quick = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_weekdays_off_are_englands_bank_holidays(year):
    """As published at gov.uk/bank-holidays, England and Wales, weekdays only."""
    weekdays = (date(year, 1, 1) + timedelta(n) for n in range(365 + (year % 4 == 0)))
    off = [day for day in weekdays if day.weekday() < 5 and not dates.is_working_day(day)]
    assert " ".join(f"{day:%d-%m}" for day in off) == BANK_HOLIDAYS[year]


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-03-02", 5, "2026-03-09"),  # a Monday: the day itself is not counted
        ("2026-03-06", 1, "2026-03-09"),  # Friday to Monday
        ("2026-03-07", 5, "2026-03-13"),  # from a Saturday
        ("2026-03-04", 0, "2026-03-04"),
        ("2026-03-07", 0, "2026-03-07"),
        ("2012-06-01", 1, "2012-06-06"),  # Diamond Jubilee
        ("2020-05-07", 1, "2020-05-11"),  # VE day
        ("2022-06-01", 1, "2022-06-06"),  # Platinum Jubilee
        ("2022-09-16", 1, "2022-09-20"),  # state funeral
        ("2023-05-05", 1, "2023-05-09"),  # coronation
        ("2026-04-02", 1, "2026-04-07"),  # Easter
        ("2020-12-24", 1, "2020-12-29"),  # Boxing Day's substitute
        ("2021-12-31", 1, "2022-01-04"),  # New Year's substitute in another year
        ("2024-02-28", 2, "2024-03-01"),  # over 29 February
        ("2026-12-24", 5, "2027-01-05"),
        ("2026-03-27", 1, "2026-03-30"),  # the clocks go forward
        ("2026-10-23", 1, "2026-10-26"),  # and back
        ("2026-03-09", -5, "2026-03-02"),
        ("2026-03-08", -1, "2026-03-06"),
        ("2022-01-04", -1, "2021-12-31"),
        ("2023-05-09", -7, "2023-04-26"),
    ],
)
def test_adding_working_days(start, amount, end):
    start, end = date.fromisoformat(start), date.fromisoformat(end)
    assert dates.add_working_days(start, amount) == end


def test_a_boards_closures_are_no_working_days():
    closures = {date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)}
    assert dates.add_working_days(date(2026, 12, 24), 1, closures) == date(2027, 1, 4)
    assert dates.working_days_between(date(2026, 12, 24), date(2027, 1, 4), closures) == 1
    assert not dates.is_working_day(date(2026, 12, 29), closures)


@quick
@given(days, few, closed)
def test_counting_undoes_adding(start, amount, closures):
    end = dates.add_working_days(start, amount, closures)
    assert dates.working_days_between(start, end, closures) == amount
    assert amount == 0 or dates.is_working_day(end, closures)


@quick
@given(days, st.integers(1, 40), st.integers(1, 40), closed)
def test_adding_in_two_goes_is_adding_at_once(start, one, other, closures):
    there = dates.add_working_days(start, one, closures)
    assert dates.add_working_days(there, other, closures) == dates.add_working_days(
        start, one + other, closures
    )


@quick
@given(st.dates(date(2019, 11, 1), date(2021, 12, 31)), st.integers(0, 800), closed)
def test_counting_is_walking_from_day_to_day(start, length, closures):
    walked = [start + timedelta(n) for n in range(1, length + 1)]
    worked = sum(dates.is_working_day(day, closures) for day in walked)
    assert dates.working_days_between(start, start + timedelta(length), closures) == worked


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-03", 0, "2026-03-03"),
    ],
)
def test_adding_months(start, months, end):
    assert dates.add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@quick
@given(days, st.integers(-120, 120))
def test_months_keep_the_day_or_take_the_last(start, months):
    end = dates.add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(1)).day == 1


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("14 days", "2026-03-17", "2026-02-17"),
        ("7 working days", "2026-03-12", "2026-02-20"),
        ("1 week", "2026-03-10", "2026-02-24"),
        ("1 month", "2026-04-03", "2026-02-03"),
        ("6 months", "2026-09-03", "2025-09-03"),
        ("1 year", "2027-03-03", "2025-03-03"),
    ],
)
def test_a_span_counts_on_and_back(text, after, before):
    span, day = Span.parse(text), date(2026, 3, 3)
    assert (span.after(day), span.before(day)) == tuple(map(date.fromisoformat, (after, before)))
    assert str(span) == text


def test_a_span_knows_closures():
    assert Span(1, Unit.WORKING_DAY).after(date(2026, 3, 3), {date(2026, 3, 4)}) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["", "5", "0 days", "-1 days", "5 fortnights", "days", "5  days"])
def test_a_span_that_is_none_is_refused(text):
    with pytest.raises(ValueError):
        Span.parse(text)


TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        ("2026-03-03", "2026-03-03", "due today"),
        ("2026-03-06", "2026-03-03", "3 working days left"),
        ("2026-03-04", "2026-03-03", "1 working day left"),
        ("2026-03-02", "2026-03-03", "1 working day over"),
        ("2026-02-27", "2026-03-03", "2 working days over"),
        ("2026-03-07", "2026-03-06", "due on 7 March 2026, before the next working day"),
        ("2026-03-06", "2026-03-08", "over since 6 March 2026"),
        ("2026-03-07", "2026-03-07", "due today"),
        ("2026-04-07", "2026-04-02", "1 working day left"),
    ],
)
def test_days_in_words(due, today, words):
    assert dates.days_in_words(date.fromisoformat(due), date.fromisoformat(today)) == words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-03-05", "met on 3 March 2026, 2 working days before the limit"),
        ("2026-03-04", "met on 3 March 2026, 1 working day before the limit"),
        ("2026-03-03", "met on 3 March 2026, the last day"),
        ("2026-03-02", "met on 3 March 2026, 1 working day after the limit"),
        ("2026-02-20", "met on 3 March 2026, 7 working days after the limit"),
    ],
)
def test_days_in_words_once_met(due, words):
    assert dates.days_in_words(date.fromisoformat(due), date(2027, 1, 1), met_on=TUESDAY) == words


def test_days_in_words_once_met_over_a_weekend():
    friday, saturday = date(2026, 3, 6), date(2026, 3, 7)
    early = dates.days_in_words(saturday, saturday, met_on=friday)
    late = dates.days_in_words(friday, saturday, met_on=saturday)
    assert early == "met on 6 March 2026, just before the limit"
    assert late == "met on 7 March 2026, just after the limit"


def test_days_in_words_leaves_out_closures():
    assert dates.days_in_words(date(2026, 3, 6), TUESDAY, [date(2026, 3, 4)]) == (
        "2 working days left"
    )


def test_on_screen():
    assert dates.on_screen(TUESDAY) == "3 March 2026"
    with translation.override("cy"):
        assert dates.on_screen(TUESDAY) == "3 Mawrth 2026"


@quick
@given(days, st.integers(-40, 40))
def test_every_standing_has_words(due, ahead):
    words = dates.days_in_words(due, due - timedelta(ahead))
    assert words and "%(" not in words and not words.startswith("0 ")


def test_a_year_of_holidays_is_looked_up_once():
    dates.bank_holidays.cache_clear()
    for ahead in itertools.chain(range(300), range(300)):
        dates.is_working_day(date(2026, 1, 1) + timedelta(ahead))
    assert dates.bank_holidays.cache_info().misses == 1
