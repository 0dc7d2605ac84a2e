"""Form controls that Django lacks: a date in three boxes, options with a hint each."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+(\w+)[\s/.,-]+(\d+)")


class DateParts(NamedTuple):
    """What stands in the three boxes, as typed."""

    day: str
    month: str
    year: str

    @property
    def blank(self) -> bool:
        return not any(self)

    @property
    def missing(self) -> list[str]:
        return [name for name in self._fields if not getattr(self, name)]


def split(text: str) -> DateParts | None:
    """A whole date pasted into one box: 2026-04-03, 3/4/2026, 3 April 2026."""
    if found := _ISO.fullmatch(text):
        return DateParts(found[3], found[2], found[1])
    if found := _WORDS.fullmatch(text):
        return DateParts(*found.groups())
    return None


def month_number(text: str) -> int | None:
    """4, 04, Apr or April."""
    if text.isdecimal():
        return int(text)
    word = text.lower().rstrip(".")
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), None)


def parts_of(value: object) -> DateParts:
    """From what a form field holds: nothing, a date, parts as typed, or a date as one text."""
    if isinstance(value, DateParts):
        return value
    if isinstance(value, date):
        return DateParts(str(value.day), str(value.month), str(value.year))
    text = str(value or "").strip()
    return split(text) or DateParts(text, "", "")


class DateBoxes(forms.Widget):
    """Day, month and year; the day carries the field's own id, for the error summary's link."""

    template_name = "forms/date.html"
    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> DateParts | None:
        names = [f"{name}_{part}" for part in DateParts._fields]
        if not any(key in data for key in names):
            return parts_of(data[name]) if name in data else None
        parts = DateParts(*(str(data.get(key) or "").strip() for key in names))
        return parts if parts.month or parts.year else split(parts.day) or parts

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        keys = [name, *(f"{name}_{part}" for part in DateParts._fields)]
        return not any(key in data for key in keys)

    def format_value(self, value: object) -> DateParts:  # type: ignore[override]
        return parts_of(value)

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        parts = parts_of(value)
        wrong = context["widget"]["attrs"].get("aria-invalid")
        marked = parts.missing if wrong and not parts.blank and parts.missing else DateParts._fields
        own_id = context["widget"]["attrs"].get("id", "")
        context["widget"]["boxes"] = [
            {
                "part": part,
                "name": f"{name}_{part}",
                "id": own_id if part == "day" else f"{own_id}_{part}",
                "value": getattr(parts, part),
                "error": bool(wrong and part in marked),
            }
            for part in DateParts._fields
        ]
        return context


class _Hinted:
    """Options as a list, each with an optional hint under it."""

    def __init__(self, *args: Any, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.inline = kwargs.pop("inline", False)
        self.small = kwargs.pop("small", False)
        super().__init__(*args, **kwargs)


class Radios(_Hinted, forms.RadioSelect):
    """``hints``: value to text; ``inline`` for two short answers; ``small`` for dense pages."""


class Checkboxes(_Hinted, forms.CheckboxSelectMultiple):
    """As ``Radios``, where several may be chosen."""
