"""Forty dates worked out by hand, with a calendar and the published lists of bank holidays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reviews.case import timetable
from scr_portal.core import clock
from scr_portal.core.dates import Span
from tests.proof.frame import Claim

CLAIM = Claim(
    id="R11",
    says="Days are counted right where counting is hard",
    how="Dates worked out by hand around summer time, 29 February, the end of the year and bank "
    "holidays that came once",
    goal="40 dates right",
)
COUNTED = [
    # the day, how long after or before it, and where that comes to
    ("2026-03-27", "1 working day", "after", "2026-03-30"),  # the clocks go forward on the 29th
    ("2026-03-28", "1 day", "after", "2026-03-29"),
    ("2026-03-22", "1 week", "after", "2026-03-29"),
    ("2026-10-23", "1 working day", "after", "2026-10-26"),  # and back on the 25th
    ("2026-10-24", "2 days", "after", "2026-10-26"),
    ("2025-10-25", "1 month", "after", "2025-11-25"),
    ("2024-02-28", "1 day", "after", "2024-02-29"),
    ("2024-02-28", "2 working days", "after", "2024-03-01"),
    ("2024-02-29", "1 year", "after", "2025-02-28"),
    ("2023-02-28", "1 year", "after", "2024-02-28"),
    ("2024-02-29", "12 months", "after", "2025-02-28"),
    ("2024-01-31", "1 month", "after", "2024-02-29"),
    ("2023-01-31", "1 month", "after", "2023-02-28"),
    ("2023-08-29", "6 months", "after", "2024-02-29"),
    ("2022-08-31", "6 months", "after", "2023-02-28"),
    ("2024-03-31", "1 month", "before", "2024-02-29"),
    ("2024-03-05", "5 working days", "before", "2024-02-27"),
    ("2026-12-24", "1 working day", "after", "2026-12-29"),  # Boxing Day's substitute, a Monday
    ("2026-12-24", "5 working days", "after", "2027-01-05"),
    ("2026-12-31", "1 day", "after", "2027-01-01"),
    ("2026-12-15", "14 days", "after", "2026-12-29"),
    ("2021-12-24", "1 working day", "after", "2021-12-29"),  # both days of Christmas substituted
    ("2021-12-31", "1 working day", "after", "2022-01-04"),  # New Year's Day was a Saturday
    ("2022-01-04", "1 working day", "before", "2021-12-31"),
    ("2025-08-31", "4 months", "after", "2025-12-31"),
    ("2026-07-31", "6 months", "after", "2027-01-31"),
    ("2011-04-28", "1 working day", "after", "2011-05-03"),  # a royal wedding, then May Day
    ("2011-04-20", "5 working days", "after", "2011-05-03"),
    ("2012-06-01", "1 working day", "after", "2012-06-06"),  # Diamond Jubilee
    ("2020-05-07", "1 working day", "after", "2020-05-11"),  # VE Day, moved to a Friday
    ("2022-06-01", "1 working day", "after", "2022-06-06"),  # Platinum Jubilee
    ("2022-09-16", "1 working day", "after", "2022-09-20"),  # a state funeral
    ("2023-05-05", "1 working day", "after", "2023-05-09"),  # a coronation
    ("2023-05-09", "7 working days", "before", "2023-04-26"),
    ("2026-04-02", "1 working day", "after", "2026-04-07"),  # Easter
]
TODAY = [
    # a moment in UTC, and the date that London's clocks show
    ("2026-03-28 23:30", "2026-03-28"),
    ("2026-03-29 23:30", "2026-03-30"),
    ("2026-10-24 23:30", "2026-10-25"),
    ("2026-10-25 23:30", "2026-10-25"),
    ("2026-12-31 23:59", "2026-12-31"),
]


def counted(day: str, span: str, way: str) -> date:
    found = Span.parse(span)
    start = date.fromisoformat(day)
    return found.after(start) if way == "after" else found.before(start)


def shown(moment: str) -> date:
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("UTC"))
    with clock.pretend(at):
        return clock.today()


def test_forty_dates(claim, settings):
    settings.DEMONSTRATION = True
    wrong = [row for row in COUNTED if counted(*row[:3]) != date.fromisoformat(row[3])]
    wrong += [row for row in TODAY if shown(row[0]) != date.fromisoformat(row[1])]
    number = len(COUNTED) + len(TODAY)
    claim.measured(f"{number - len(wrong)} of {number} right", holds=not wrong and number >= 40)


@pytest.mark.parametrize("day", ["2024-02-29", "2026-03-29", "2026-12-31", "2022-09-16"])
def test_a_review_that_begins_on_such_a_day_has_dates_that_follow_one_another(day, claim):
    referred = date.fromisoformat(day)
    found = timetable.deadlines(
        timetable.profile("wt2015"),
        {timetable.Anchor.REFERRED: referred, timetable.Anchor.NOTIFIED: referred},
        today=referred,
        outcome=None,
    )
    assert found
    assert all(due.limit_on > referred for due in found), claim.claim.id
