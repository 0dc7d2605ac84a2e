"""What may be kept of a form."""

import re
from collections.abc import Mapping
from typing import Any

from scr_portal.core.widgets import DateParts

KEY = re.compile(r"[a-z][a-z0-9_.-]*:[A-Za-z0-9_.:-]+")
LONGEST_KEY = 150
LARGEST = 1024 * 1024  # characters of one form's draft
MOST = 200  # drafts of one person
NEVER_KEPT = ("password", "csrf", "token", "credential")


def is_key(key: str) -> bool:
    """``form:object``, as ``decision:5f0c…``."""
    return len(key) <= LONGEST_KEY and KEY.fullmatch(key) is not None


def kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is secret or belongs to one page view."""
    return {
        name: value
        for name, value in fields.items()
        if not any(word in name.lower() for word in NEVER_KEPT)
    }


def as_initial(fields: Mapping[str, Any]) -> dict[str, Any]:
    """For a form: dates are kept as their three boxes and shown again as they were typed."""
    initial = dict(fields)
    for name in fields:
        stem = name.removesuffix("_day")
        boxes = [f"{stem}_{part}" for part in DateParts._fields]
        if stem != name and all(box in fields for box in boxes):
            initial[stem] = DateParts(*(str(fields[box]) for box in boxes))
    return initial
