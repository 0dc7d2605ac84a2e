"""Ages in words, and the days between which somebody of an age was born."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scr_portal.core.dates import add_months

Born = tuple[date, date]  # the earliest and the latest day

OLDEST = 130
_AGE = re.compile(r"(?:aged\s+)?(\d{1,3})\s*(day|week|month|year)?s?(?:\s+old)?", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7}
_ABOUT = re.compile(r"^(about|around|nearly)\s+", re.IGNORECASE)


def born_between(age: str, on: date) -> Born | None:
    """Of somebody who was "34", "7 months" or "aged 12 years" on that day; None where unclear."""
    match = _AGE.fullmatch(age.strip())
    if match is None:
        return None
    number, unit = int(match[1]), (match[2] or "year").lower()
    if days := _DAYS.get(unit):
        latest = on - timedelta(days=number * days)
        return latest - timedelta(days=days), latest
    months = 12 if unit == "year" else 1
    latest = add_months(on, -number * months)
    return add_months(on, -(number + 1) * months), latest


def wrong_age(age: str) -> str:
    """Numbers are an age; anything else in digits may be a date of birth, which is kept apart."""
    if not re.search(r"\d", age):
        return ""
    match = _AGE.fullmatch(_ABOUT.sub("", age.strip()))
    if match and (int(match[1]) <= OLDEST or (match[2] or "year").lower() in _DAYS):
        return ""
    return _(
        "Write the age as 34 or 7 months, or in words such as “in her thirties”. A date of birth "
        "has its own box."
    )


def age_in_words(born: date, on: date) -> str:
    """Years; of a child under two the months, of a baby the weeks."""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return str(months // 12)
    if months >= 3:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    weeks = max((on - born).days, 0) // 7
    return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}
