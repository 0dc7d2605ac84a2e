"""The parts of a review's navigation: each holds the rooms that a person may enter."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Part(TextChoices):
    RECORD = "record", _("Record")
    DECISION = "decision", _("Decision")
    SCOPE = "scope", _("Scope")
    FAMILY = "family", _("Family")
    MARKERS = "markers", _("Self-assessments")


def navigation(rooms: list[dict[str, Any]], path: str) -> dict[str, list[dict[str, Any]]]:
    """``parts``: one link each, to its first room; ``rooms``: those of the part where we are.

    A room says its part as ``part``, else it is of the record. A part with a single room has no
    second row, and is called by that room's name.
    """
    # The longest address that begins the path: the review's own begins that of every room.
    here = max((room["url"] for room in rooms if path.startswith(room["url"])), key=len, default="")
    rooms = [{"part": Part.RECORD, **room, "active": room["url"] == here} for room in rooms]
    parts, open_rooms = [], []
    for part in Part:
        mine = [room for room in rooms if room["part"] == part]
        if not mine:
            continue
        active = any(room["active"] for room in mine)
        alone = len(mine) == 1
        label = mine[0]["label"] if alone else part.label
        parts.append({"label": label, "url": mine[0]["url"], "active": active})
        if active and not alone:
            open_rooms = mine
    return {"parts": parts, "rooms": open_rooms}
