"""A family on whose record every room has something, by the real operations."""

from families.contributions.operations import writing
from families.involvement.operations import contacts, deciding, focus, support
from families.people.models import Person
from families.people.operations.people import add_person
from reviews.case.models import Review
from scr_portal.core import clock
from tests.cast import Cast


def met(cast: Cast, review: Review) -> None:
    """A mother who is invited, told, heard and helped, and a father who is not invited."""
    by = {"review": review, "by": cast.liaison}
    mother = add_person(pseudonym="Mother", relationship="mother", **by)
    father = add_person(pseudonym="Father", relationship="father", **by)
    _decide(mother, cast, choice="invited")
    _decide(father, cast, choice="not_invited", why="own_wish")
    contacts.make(
        people=[mother],
        phase="informing",
        how="visit",
        is_offer=True,
        by_whom="The family liaison",
        on=clock.today(),
        answers={mother.pk: ("accepted", "")},
        token="whole",
        **by,
    )
    support.add_support(person=mother, kind="interpreter", language="Sylheti", by=cast.liaison)
    _ask(mother, cast)
    writing.write_down(
        person=mother,
        said_on=clock.today(),
        said_to="The family liaison",
        topic="The health visitor",
        text="She came every week.",
        visibility="team",
        token="whole",
        **by,
    )


def _decide(person: Person, cast: Cast, **said: str) -> None:
    deciding.decide(
        person=person,
        reason="Talked over with the social worker.",
        decided_on=clock.today(),
        decided_by="The review team",
        token=f"whole-{person.pk}",
        by=cast.liaison,
        **said,
    )


def _ask(mother: Person, cast: Cast) -> None:
    today, by = clock.today(), cast.liaison
    for direction in ("theirs", "ours"):
        focus.ask(
            review=mother.review,
            people=[mother],
            direction=direction,
            text="Why did nobody come?",
            asked_on=today,
            token=direction,
            by=by,
        )
    focus.ask_of_the_terms(
        person=mother, text="Look at the hospital.", asked_on=today, token="terms", by=by
    )
