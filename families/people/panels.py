"""What the other rooms of the family say of one person, on that person's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from families.people.models import Person
from scr_portal.core.contributions import collect


@dataclass(frozen=True)
class Panel:
    """``lines`` are sentences that the reader may see; ``url`` is where they are kept."""

    label: str | Promise
    url: str
    lines: Sequence[str | Promise] = ()
    nothing: str | Promise = ""  # said where there are no lines


def panels(person: Person, user: Any) -> list[Panel]:
    return collect("about_person", person, user)
