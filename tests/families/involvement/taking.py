"""Rows of taking part, made by the real operations."""

from datetime import date, timedelta
from typing import Any

from families.involvement.models import Contact, ContactPerson, Inclusion
from families.involvement.operations import deciding
from families.involvement.operations.informing import informing_changed
from families.people.models import Person
from scr_portal.core import clock
from tests.cast import Cast

WORDS = "She knew the child best."


def decide(person: Person, by: Any, token: str = "1", **said: Any) -> Inclusion:
    """Invited today, unless ``said`` says otherwise."""
    given = {
        "choice": "invited",
        "reason": WORDS,
        "decided_on": clock.today(),
        "decided_by": "The review team",
    }
    return deciding.decide(person=person, by=by, token=token, **given | said)


def tell(
    person: Person,
    cast: Cast,
    ago: int = 0,
    answer: str = "waiting",
    state: str = "made",
    phase: str = "informing",
) -> date:
    """A contact as its room writes it, which then tells this one."""
    on = clock.today() - timedelta(days=ago)
    said = {"review": person.review, "phase": phase, "how": "visit", "by": cast.liaison}
    made = Contact.objects.create(
        state=state, on=on, by_whom="Liaison", token=f"{Contact.objects.count()}", **said
    )
    ContactPerson.objects.create(review=person.review, contact=made, person=person, answer=answer)
    informing_changed(person.review, cast.liaison)
    return on
