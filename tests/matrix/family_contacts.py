"""What lies behind the addresses of the family's rooms (contacts), and who may open them."""

from datetime import timedelta
from typing import Any

from families.involvement.models import FamilyQuestion, How, Phase
from families.involvement.operations import contacts, focus, promises, refusals
from families.people.operations.people import add_person
from reviews.case.models import Review
from reviews.permissions import Permission as P
from scr_portal.core import clock
from tests.cast import Cast

ON_REVIEW: list[tuple[set[P], str]] = [
    ({P.SEE_FAMILY}, "families:contacts families:contact families:questions"),
    (
        {P.KEEP_FAMILY},
        """families:contact_plan families:contact_record families:contact_made
        families:contact_edit families:contact_call_off families:refusal_new families:refusal_end
        families:promise_new families:promise_edit families:promise_kept families:promise_give_up
        families:question_new families:question_edit families:question_answer
        families:influence_new families:influence_edit families:influence_weigh
        families:influence_told""",
    ),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    person = add_person(
        review=review, by=cast.liaison, pseudonym="An aunt", relationship="aunt_or_uncle"
    )
    today, by = clock.today(), cast.liaison
    given = {"review": review, "people": [person], "by": by}
    contact = contacts.plan(
        **given,
        phase=Phase.CONTRIBUTING,
        how=How.TELEPHONE,
        on=today + timedelta(days=9),
        by_whom="Liaison",
        token="plan",
    )
    days = {"promised_on": today, "due_on": today + timedelta(days=9)}
    promise = promises.promise(
        person=person, text="To ring back", promised_by="Liaison", token="promise", by=by, **days
    )
    [question] = focus.ask(
        **given,
        direction=FamilyQuestion.Direction.THEIRS,
        text="Why?",
        asked_on=today,
        token="question",
    )
    influence = focus.ask_of_the_terms(
        person=person, text="The nursery", asked_on=today, token="influence", by=by
    )
    refusal = refusals.refuse(person=person, said_on=today, not_asked_from=today, by=by)
    acts = {
        "contact": ("", "_made", "_edit", "_call_off"),
        "promise": ("_edit", "_kept", "_give_up"),
        "question": ("_edit", "_answer"),
        "influence": ("_edit", "_weigh", "_told"),
    }
    rows = {"contact": contact, "promise": promise, "question": question, "influence": influence}
    return {
        "families:refusal_new": {"person": person.pk},
        "families:refusal_end": {"pk": refusal.pk},
        "families:question_new": {"direction": FamilyQuestion.Direction.THEIRS.value},
        **{
            f"families:{noun}{act}": {"pk": rows[noun].pk}
            for noun, names in acts.items()
            for act in names
        },
    }
