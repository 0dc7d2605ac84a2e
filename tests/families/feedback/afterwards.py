"""What was told and asked of a person afterwards, as the pages would have it."""

from uuid import uuid4

from families.feedback.operations import evaluating, telling
from families.involvement.operations import deciding
from scr_portal.core import clock

ANSWERS = [{"key": "listened", "question": "Did you feel listened to?", "answer": "Not often"}]
SAID = {"how": "at her home", "told_by": "Fatima Begum", "text": "That three agencies knew."}


def invite(cast, *people, choice="invited"):
    for person in people:
        deciding.decide(
            person=person,
            choice=choice,
            why="" if choice == "invited" else "no_part",
            reason="She knew the child best.",
            decided_on=clock.today(),
            decided_by="The panel",
            token=uuid4().hex,
            by=cast.liaison,
        )


def told(cast, *people, about="learning", **fields):
    given = {"by": cast.liaison, "token": uuid4().hex, "on": clock.today()} | SAID | fields
    return telling.tell(
        review=people[0].review, people=dict.fromkeys(people, ""), about=[about], **given
    )


def asked(cast, person, how="link", **fields):
    given = {"by": cast.liaison, "token": uuid4().hex} | fields
    return evaluating.ask(review=person.review, person=person, how=how, **given)
