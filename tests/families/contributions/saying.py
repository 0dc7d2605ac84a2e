"""What this room holds, made by its own operations."""

from typing import Any
from uuid import uuid4

from families.contributions.models import Contradiction, Contribution, Keepsake, Reader, Use
from families.contributions.operations import (
    beside,
    checking,
    keepsakes,
    readers,
    using,
    writing,
)
from families.people.models import Person
from reviews.case.models import Review
from scr_portal.core import clock
from tests.cast import Cast
from tests.families.conftest import a_person

WORDS = "Nobody asked me about the bruise, and the interpreter was his cousin."


def somebody(review: Review, cast: Cast) -> Person:
    found = Person.objects.filter(review=review, pseudonym="Mother").first()
    return found or a_person(review, cast, real_name="Maryam Invented", sex="female")


def a_contribution(review: Review, cast: Cast, **said: Any) -> Contribution:
    given: dict[str, Any] = {
        "by": cast.liaison,
        "token": uuid4().hex,
        "said_on": clock.today(),
        "said_to": "The family liaison",
        "topic": "Visits by the midwife",
        "text": WORDS,
        "visibility": "team",
    } | said
    given.setdefault("person", None)
    given["person"] = given["person"] or somebody(review, cast)
    return writing.write_down(review=review, **given)


def named(contribution: Contribution, *people: Any, by: Any) -> Reader:
    contribution.refresh_from_db()
    readers.let_read(
        contribution=contribution,
        version=contribution.version,
        visibility=contribution.visibility,
        readers=people,
        by=by,
    )
    return contribution.readers.get(user=people[-1], ended_at=None)


def closed(contribution: Contribution, reader: Reader, *, by: Any) -> None:
    readers.end_reader(contribution=contribution, reader=reader, by=by)


def checked(contribution: Contribution, step: str = "agreed", **said: Any) -> Contribution:
    contribution.refresh_from_db()
    given: dict[str, Any] = {"by": contribution.author, "on": clock.today(), "token": uuid4().hex}
    checking.record_check(
        contribution=contribution, version=contribution.version, step=step, **given | said
    )
    contribution.refresh_from_db()
    return contribution


def beside_a_record(contribution: Contribution, cast: Cast, **said: Any) -> Contradiction:
    given = {
        "about": "Whether the bruise was seen",
        "source": "Midwife’s record",
        "account": "No marks seen.",
    }
    return beside.put_beside(contribution=contribution, by=cast.liaison, **given | said)


def side_by_side(one: Contribution, other: Contribution, *, by: Any) -> Contradiction:
    return beside.put_beside(contribution=one, other=other, about="Who held her", by=by)


def a_use(contribution: Contribution, cast: Cast, **said: Any) -> Use:
    given = {"where": "finding", "place": "Finding 2", "reason": "It shows what was not asked."}
    return using.record_use(
        contribution=contribution, by=cast.liaison, **given | {"person_told_on": None} | said
    )


def a_keepsake(review: Review, cast: Cast, **said: Any) -> Keepsake:
    given: dict[str, Any] = {
        "by": cast.liaison,
        "token": uuid4().hex,
        "what": "Photograph at the seaside",
        "consent": "team",
        "consent_by": "Mother",
        "consent_on": clock.today(),
    } | said
    given.setdefault("person", None)
    given["person"] = given["person"] or somebody(review, cast)
    return keepsakes.add_keepsake(review=review, **given)
