"""The target date by which the family is told follows the record of contacts by itself."""

from typing import Any

from families.involvement.queries import informing
from reviews.case.models import Review
from reviews.case.operations import deadlines

CLOCK = "tell-family"


def informing_changed(review: Review, by: Any) -> None:
    """After a decision to invite, and after a contact. The review is locked."""
    deadlines.met_by_record(review=review, key=CLOCK, on=informing.informed_on(review), by=by)
