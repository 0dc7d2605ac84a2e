"""A date as people write it, with a sentence for each way it can go wrong."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from scr_portal.core import clock
from scr_portal.core.widgets import DateBoxes, DateParts, month_number, parts_of

EARLIEST_YEAR = 1900
LATEST_YEAR = 2200


class DateField(forms.Field):
    """Typed in three boxes, or pasted whole into the first.

    ``past``: before today. ``not_future``: today at the latest. ``not_past``: today at the
    earliest. Today is the day in London.
    """

    widget = DateBoxes
    default_error_messages = {
        "required": _("Enter %(the_label)s, such as 27 3 2026"),
        "missing": _("%(label)s must include %(parts)s"),
        "invalid": _("%(label)s must be a real date, such as 27 3 2026"),
        "year": _("%(label)s must have a year of 4 numbers, such as 2026"),
        "past": _("%(label)s must be in the past"),
        "not_future": _("%(label)s must be today or in the past"),
        "not_past": _("%(label)s must be today or in the future"),
    }

    def __init__(
        self,
        *,
        past: bool = False,
        not_future: bool = False,
        not_past: bool = False,
        **kwargs: Any,
    ) -> None:
        self.past, self.not_future, self.not_past = past, not_future, not_past
        super().__init__(**kwargs)

    def refusal(self, code: str, **params: object) -> ValidationError:
        label = str(self.label or translate("The date"))
        lowered = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        if lowered.startswith(("date ", "day ")):
            lowered = translate("the %(label)s") % {"label": lowered}
        params = {"label": label, "the_label": lowered, **params}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def to_python(self, value: object) -> date | None:
        if isinstance(value, date):
            return value
        parts = parts_of(value)
        if parts.blank:
            return None
        if parts.missing:
            raise self.refusal("missing", parts=self._parts_in_words(parts))
        return self._real(parts)

    @staticmethod
    def _parts_in_words(parts: DateParts) -> str:
        words = {
            "day": translate("a day"),
            "month": translate("a month"),
            "year": translate("a year"),
        }
        return translate(" and ").join(words[part] for part in parts.missing)

    def _real(self, parts: DateParts) -> date:
        if parts.year.isdecimal() and len(parts.year) != 4:
            raise self.refusal("year")
        try:
            found = date(int(parts.year), month_number(parts.month) or 0, int(parts.day))
        except (ValueError, OverflowError):
            raise self.refusal("invalid") from None
        if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            raise self.refusal("invalid")
        return found

    def validate(self, value: date | None) -> None:
        if value is None:
            if self.required:
                raise self.refusal("required")
            return
        today = clock.today()
        if self.past and value >= today:
            raise self.refusal("past")
        if self.not_future and value > today:
            raise self.refusal("not_future")
        if self.not_past and value < today:
            raise self.refusal("not_past")
