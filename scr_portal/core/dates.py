"""Working days in England, spans of time, and dates in words.

How counting goes, here and everywhere in the product:

- the day of the anchor is never counted: five working days after a Monday is the next Monday;
- a limit counted back (seven working days before publication) leaves the anchor out likewise;
- a limit in days, weeks, months or years stays on the day it falls on, also on a Sunday or a bank
  holiday: the guidance moves nothing forward, so the earlier reading is the safe one;
- these are dates, not moments: summer time changes nothing. Callers pass `date`, never `datetime`.

`closures` are a board's own days off, any collection of dates (a set is quickest).
"""

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Substitute days and the one-off days (jubilees, a state funeral, a coronation) included."""
    import holidays  # imported here: it costs a tenth of a second, and most commands need no dates

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, closures: Collection[date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year) and day not in closures


def add_working_days(start: date, amount: int, closures: Collection[date] = ()) -> date:
    """The `amount`th working day after `start`, or before it where negative; 0 gives `start`."""
    step = ONE_DAY if amount > 0 else -ONE_DAY
    day, left = start, abs(amount)
    while left:
        day += step
        left -= is_working_day(day, closures)
    return day


def working_days_between(start: date, end: date, closures: Collection[date] = ()) -> int:
    """Working days after `start` up to and with `end`; negative where `end` comes first.

    The inverse of adding: `working_days_between(d, add_working_days(d, n)) == n` for every n.
    """
    if end >= start:
        return _working_days(start, end, closures)
    return -_working_days(end - ONE_DAY, start - ONE_DAY, closures)


def _working_days(after: date, until: date, closures: Collection[date]) -> int:
    """Weekdays less the days off: a page of dates months away costs no walk through each."""
    weeks, rest = divmod((until - after).days, 7)
    weekdays = 5 * weeks + sum((until - n * ONE_DAY).weekday() < SATURDAY for n in range(rest))
    years = range(after.year, until.year + 1)
    off = set(closures).union(*map(bank_holidays, years))
    return weekdays - sum(after < day <= until and day.weekday() < SATURDAY for day in off)


def add_months(start: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last: 31 January gives 28 or 29.

    Raises ValueError outside the years 1 to 9999.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Span:
    """A length of time as a rule states it: five working days, six months."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read '5 working days' or '1 month'. Raises ValueError on anything else."""
        found = re.fullmatch(r"([1-9]\d*) (.+?)s?", text)
        if not found:
            raise ValueError(f"not a span of time: {text!r}")
        return cls(int(found[1]), Unit(found[2]))

    def after(self, start: date, closures: Collection[date] = ()) -> date:
        return self._count(start, self.amount, closures)

    def before(self, start: date, closures: Collection[date] = ()) -> date:
        return self._count(start, -self.amount, closures)

    def _count(self, start: date, amount: int, closures: Collection[date]) -> date:
        match self.unit:
            case Unit.WORKING_DAY:
                return add_working_days(start, amount, closures)
            case Unit.DAY:
                return start + timedelta(days=amount)
            case Unit.WEEK:
                return start + timedelta(weeks=amount)
            case Unit.MONTH:
                return add_months(start, amount)
            case Unit.YEAR:
                return add_months(start, 12 * amount)

    def __str__(self) -> str:
        words = {
            Unit.DAY: ngettext("%(n)d day", "%(n)d days", self.amount),
            Unit.WORKING_DAY: ngettext("%(n)d working day", "%(n)d working days", self.amount),
            Unit.WEEK: ngettext("%(n)d week", "%(n)d weeks", self.amount),
            Unit.MONTH: ngettext("%(n)d month", "%(n)d months", self.amount),
            Unit.YEAR: ngettext("%(n)d year", "%(n)d years", self.amount),
        }
        return words[self.unit] % {"n": self.amount}


def on_screen(day: date) -> str:
    """'3 March 2026', the month in the reader's language."""
    return _on_screen(day.year, day.month, day.day, get_language())


@lru_cache(maxsize=1000)
def _on_screen(year: int, month: int, day: int, language: str | None) -> str:
    """The days on one page are few, and it may say a hundred times what day it was."""
    return dateformat.format(date(year, month, day), "j F Y")


def days_in_words(
    due: date, today: date, closures: Collection[date] = (), met_on: date | None = None
) -> str:
    """How a limit stands, counted in working days: '3 working days left', 'due today'.

    Words are chosen in the language active at the call, so call it while a page or a message is
    being made. Where only weekend or holiday lies between, the words name no count of nought.
    """
    if met_on is not None:
        return _met_in_words(due, met_on, closures)
    if today == due:
        return _("due today")
    left = _left(today, due, closures)
    if left > 0:
        return ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
    if left < 0:
        return ngettext("%(n)d working day over", "%(n)d working days over", -left) % {"n": -left}
    if today < due:
        return _("due on %(day)s, before the next working day") % {"day": on_screen(due)}
    return _("over since %(day)s") % {"day": on_screen(due)}


def _left(day: date, due: date, closures: Collection[date]) -> int:
    """Working days to go; where the limit has passed, those since it as a negative number.

    Not the plain count backwards, which would hold the due date itself: on the Saturday after a
    Friday nothing is a working day over yet.
    """
    if day <= due:
        return working_days_between(day, due, closures)
    return -working_days_between(due, day, closures)


def _met_in_words(due: date, met_on: date, closures: Collection[date]) -> str:
    early = _left(met_on, due, closures)
    if met_on == due:
        text = _("met on %(day)s, the last day")
    elif early > 0:
        text = ngettext(
            "met on %(day)s, %(n)d working day before the limit",
            "met on %(day)s, %(n)d working days before the limit",
            early,
        )
    elif early < 0:
        text = ngettext(
            "met on %(day)s, %(n)d working day after the limit",
            "met on %(day)s, %(n)d working days after the limit",
            -early,
        )
    elif met_on < due:
        text = _("met on %(day)s, just before the limit")
    else:
        text = _("met on %(day)s, just after the limit")
    return text % {"day": on_screen(met_on), "n": abs(early)}
