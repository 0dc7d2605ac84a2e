"""What is kept of a form that was typed and not sent, and how a form is begun from it again."""

from collections.abc import Mapping
from typing import Any

from scr_portal.core.widgets import DateParts

LARGEST = 1024 * 1024  # characters of one form
NEVER_KEPT = ("password", "csrf", "token", "credential")


def kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is secret or belongs to one page view."""
    return {
        name: value
        for name, value in fields.items()
        if not any(word in name.lower() for word in NEVER_KEPT)
    }


def posted(data: Any) -> dict[str, Any]:
    """The fields of a POST: one text each, or a list where several were chosen."""
    return {name: values[0] if len(values) == 1 else values for name, values in data.lists()}


def version(value: Any) -> int:
    """The version that a form was made from; 0, which nothing has, for what is no number."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def as_initial(fields: Mapping[str, Any]) -> dict[str, Any]:
    """For a form: dates are kept as their three boxes and shown again as they were typed."""
    initial = dict(fields)
    for name in fields:
        stem = name.removesuffix("_day")
        boxes = [f"{stem}_{part}" for part in DateParts._fields]
        if stem != name and all(box in fields for box in boxes):
            initial[stem] = DateParts(*(str(fields[box]) for box in boxes))
    return initial
