"""What the rows of every room of the family say of a person in a phase."""

import datetime
from dataclasses import dataclass

from families.involvement.models import Phase


@dataclass(frozen=True)
class PhaseFact:
    """One line in the table of people and phases; only what the reader of it may see."""

    person_id: int
    phase: Phase
    words: str
    on: datetime.date | None = None
    url: str = ""
