"""Contacts, offers, promises, questions: what is said to the family, and what it asks."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import (
    FATHER,
    GRANDMOTHER,
    INTERPRETER,
    MOTHER,
    SISTER,
    ago,
    card,
    day,
    fill,
    go,
    main,
    refused,
    says,
    send,
)
from tests.journeys.setting_up.days import days_from_now

NOBODY_ASKED = "no investigating officer has been consulted"
NOT_NOW_SAYS_THE_OFFICER = "the investigating officer has agreed to no contact for now"
NOT_NOW = "Leave me be. I have buried one child already."
PROMISE = "To bring the photograph back before the funeral is a year past."
QUESTION = "Did anybody hear me when I rang about the crying?"
ANSWER = "Twice it was written down. The third call was not, and we do not know why."
WISH = "That you look at the nights, too, and not at office hours alone."


def choose(someone: Person, review: str, what: str, *people: str) -> None:
    go(someone, review, "contacts")
    someone.press(what)
    for who in people:
        someone.choose(who)
    someone.press("Continue")


def record(
    liaison: Person,
    review: str,
    who: str,
    came: str,
    *,
    phase: str = "Informing",
    how: str = "At their home",
    on: date | None = None,
    **more: object,
) -> None:
    """``more``: further answers by their labels."""
    choose(liaison, review, "Record a contact", who)
    said = {"What is it for?": phase, "How?": how, f"What came of it with {who}?": came}
    send(liaison, "Save", said | ({"Date of the contact": on} if on else {}) | more)


def tell_of_the_review(liaison: Person, review: str) -> None:
    """The mother hears of it with the interpreter whom the record knows; the grandmother, too."""
    choose(liaison, review, "Record a contact", MOTHER)
    says(liaison, "Sylheti")
    liaison.press("Cancel")
    record(
        liaison,
        review,
        MOTHER,
        "Said yes",
        on=ago(9),
        **{"Interpreter": INTERPRETER, "It offers them to take part": True},
    )
    says(liaison, "The contact is on the record.")
    record(liaison, review, GRANDMOTHER, "Took part", on=ago(8))


def ask_the_grandmother(liaison: Person, review: str) -> None:
    """She says no and is left in peace; then she changes her mind."""
    offer = {"It offers them to take part": True}
    choose(liaison, review, "Record a contact", GRANDMOTHER)
    fill(
        liaison,
        {
            "What is it for?": "Contributing",
            "How?": "At their home",
            f"What came of it with {GRANDMOTHER}?": "Said no",
        },
    )
    said = {f"{GRANDMOTHER}’s own words": NOT_NOW}
    since = {f"From when nobody asks {GRANDMOTHER} again without a reason": days_from_now(0)}
    send(liaison, "Save", offer | said | since)
    go(liaison, review, "contacts")
    expect(card(liaison, "Said no, and left in peace")).to_contain_text(NOT_NOW)
    choose(liaison, review, "Plan a contact", GRANDMOTHER)
    says(liaison, "Nobody asks again without a reason.")
    plan = {
        "What is it for?": "Contributing",
        "How?": "By telephone",
        "Date of the contact": days_from_now(3),
    }
    send(liaison, "Plan it", plan)
    refused(liaison, "Nobody asks again without a reason.")
    go(liaison, review, "contacts")
    liaison.press("Changed their mind")
    liaison.press("Save")
    says(liaison, "Grandmother can be asked again.")
    record(liaison, review, GRANDMOTHER, "Said yes", phase="Contributing", **offer)
    says(liaison, "The contact is on the record.")


def refuse_the_father(liaison: Person, review: str, why: str) -> None:
    """Seen before anything is filled in, and once more when it is sent all the same."""
    choose(liaison, review, "Plan a contact", FATHER)
    expect(card(liaison, "This stands against it")).to_contain_text(why)
    plan = {"What is it for?": "Contributing", "How?": "At a meeting elsewhere"}
    send(liaison, "Plan it", plan | {"Date of the contact": days_from_now(5)})
    refused(liaison, why)


def go_on_without_the_officer(liaison: Person, review: str) -> None:
    """Only with a reason, which the chair reads; and in time the officer is asked after all."""
    refuse_the_father(liaison, review, NOBODY_ASKED)
    why = "His solicitor asks for a first word by Friday, and sits in."
    send(liaison, "Plan it", {"Why it goes on all the same": why})
    says(liaison, "The contact is on the record.", "Goes on all the same:", why)
    liaison.press("Call off")
    send(liaison, "Call it off", {"Why is it called off?": "The officer can be asked first."})
    says(liaison, "The contact is called off.")


def talk_with_the_father(liaison: Person, review: str) -> None:
    """Nothing stands in the way any more but what may not be discussed."""
    choose(liaison, review, "Plan a contact", FATHER)
    says(liaison, "The night of the injury.")
    expect(card(liaison, "This stands against it")).to_have_count(0)
    plan = {"What is it for?": "Contributing", "How?": "At a meeting elsewhere"}
    send(
        liaison,
        "Plan it",
        plan | {"Date of the contact": days_from_now(0), "Where": "His solicitor's office"},
    )
    liaison.press("Say what came of it")
    send(liaison, "Save", {f"What came of it with {FATHER}?": "Took part"})
    says(liaison, "The contact is on the record.")


def keep_a_promise(liaison: Person, review: str) -> None:
    go(liaison, review, "contacts")
    liaison.press("Write down a promise")
    promise = {"To whom?": MOTHER, "What was promised?": PROMISE, "Promised on": ago(7)}
    send(liaison, "Save", promise | {"To be done by": days_from_now(2)})
    expect(card(liaison, "Promises")).to_contain_text(PROMISE)
    liaison.goto("/")
    liaison.press(f"Keep the promise to Mother of {day(-7)}")
    liaison.press("Kept", within=card(liaison, "Promises"))
    send(liaison, "Save", {"What came of it?": "She has it, in its frame."})
    says(liaison, "The promise is on the record as kept.", "No promise is open.")


def answer_a_question(liaison: Person, review: str) -> None:
    go(liaison, review, "questions")
    liaison.press("Write down a question of theirs")
    asked = {"Whose question is it?": GRANDMOTHER, "The question": QUESTION, "Asked on": ago(8)}
    send(liaison, "Save", asked)
    says(liaison, QUESTION, "Not answered yet")
    liaison.goto("/")
    liaison.press("Answer the question of Grandmother")
    send(liaison, "Save", {"What were they told?": ANSWER})
    says(liaison, f"Answered on {day(0)}:", ANSWER)


def ask_of_the_terms(liaison: Person, review: str) -> None:
    go(liaison, review, "questions")
    liaison.press("Write down what somebody asks of the terms")
    asked = {"What should the review look at, leave alone or do otherwise?": WISH}
    send(liaison, "Save", asked | {"Who asks for it?": MOTHER, "Asked on": ago(6)})
    says(liaison, WISH, "Not weighed yet")


def weigh(lead: Person, review: str) -> None:
    go(lead, review, "questions")
    lead.press("Say what became of it")
    send(lead, "Save", {"What became of it?": "Changed"})
    refused(lead, "Why?")
    send(lead, "Save", {"Why?": "The terms ask now who could be reached at night."})
    says(lead, "They have not been told yet.")


def tell_what_became_of_it(liaison: Person, review: str) -> None:
    liaison.goto("/")
    liaison.press("Tell Mother what became of what they asked of the terms of reference")
    liaison.press("Save")
    says(liaison, f"They were told on {day(0)}.")


def be_reminded(liaison: Person, review: str) -> None:
    """The sister was reached five weeks ago; then she was, and is to be offered it again."""
    record(
        liaison,
        review,
        SISTER,
        "Perhaps later",
        on=ago(50),
        **{"It offers them to take part": True},
    )
    record(liaison, review, SISTER, "No answer yet", how="By text or messaging", on=ago(35))
    liaison.goto("/")
    expect(main(liaison)).to_contain_text("Nobody has been in touch with Sister for five weeks")
    record(liaison, review, SISTER, "No answer yet", how="By text or messaging", on=ago(3))
    liaison.goto("/")
    liaison.press("Offer Sister again to take part")
    offer = {"Date of the contact": days_from_now(1)}
    send(liaison, "Plan it", offer)
    says(liaison, "The contact is on the record.")
