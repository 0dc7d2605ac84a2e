"""Answers as the rows of a summary list."""

from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from reviews.decisions.referrals.answers import Answers
from scr_portal.core import dates


def rows_of(form: Form) -> list[dict[str, Any]]:
    return [
        {"key": field.label, "value": _shown(form, field.name), "lines": True}
        for field in form
        if not field.name.startswith("note_") or form.cleaned_data.get(field.name)
    ]


def _shown(form: Form, name: str) -> str:
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", []) or [])
    if not value:
        return _("Not given")
    if hasattr(value, "strftime"):
        return dates.on_screen(value)
    return str(choices.get(value, value))


def sections_of(answers: Answers) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "rows": [{"key": key, "value": _words(value), "lines": True} for key, value in rows],
        }
        for title, rows in answers.sections()
    ]


def _words(value: Any) -> str:
    if not value:
        return _("Not given")
    return dates.on_screen(value) if hasattr(value, "strftime") else str(value)
