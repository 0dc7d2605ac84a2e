"""The rooms that keep their rows in files of their own, and what such a file may hold.

``special(cast, review)`` puts something behind the room's addresses. ``OPEN``, ``ON_BOARD`` and
``ON_REVIEW`` say who may open them, and ``ASKED_OF``, ``FOR_INPUT``, ``ABSENT_NOW``, ``POST_ASKS``,
``ABSENT_WITHOUT``, ``MAY_BE_GONE`` and ``OF_THE_UNIT`` what is out of the common about one. Each
has the shape and the meaning of the table of that name in ``test_urls.py``, and is added to it.
"""

from collections.abc import Iterable
from typing import Any

from reviews.case.models import Review
from tests.cast import Cast
from tests.matrix import (
    emergency,
    family_contacts,
    family_contributions,
    family_deciding,
    family_feedback,
    family_letters,
    family_people,
    markers_catalogue,
    markers_comments,
    markers_exports,
    markers_learning,
    markers_packs,
    markers_questions,
    markers_working,
    refusals,
    retention,
    scope,
    telling,
    terms,
)

OF_THE_FAMILY = [
    *(family_people, family_deciding, family_contacts),
    *(family_contributions, family_letters, family_feedback),
]
OF_THE_MARKERS = [
    *(markers_catalogue, markers_working, markers_questions, markers_comments),
    *(markers_packs, markers_exports, markers_learning),
]
ROOMS = [emergency, refusals, retention, terms, scope, telling, *OF_THE_FAMILY, *OF_THE_MARKERS]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for room in ROOMS:
        found |= room.special(cast, review)
    return found


def gathered(table: str, own: Any) -> list[Any]:
    """The rows of a table, ours and then each room's; those of a dict as pairs."""
    tables = [own, *(getattr(room, table, ()) for room in ROOMS)]
    return [row for each in tables for row in (each.items() if isinstance(each, dict) else each)]


def spread(rows: Iterable[tuple[Any, str]]) -> dict[str, Any]:
    """The rule of each name. Raises ValueError for a name that stands in two rows."""
    found: dict[str, Any] = {}
    for rule, names in rows:
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} has two rows")
            found[name] = rule
    return found
