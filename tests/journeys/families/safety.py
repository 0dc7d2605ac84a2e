"""Two people who may never meet: known why to few, heeded by all."""

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.contacts import choose
from tests.journeys.families.pages import (
    FATHER,
    MOTHER,
    card,
    go,
    never_says,
    says,
    send,
    takes_part,
)

WHY = "She left in June. He does not know where she lives."
CHANNEL = "Her sister-in-law's telephone, by text."


def keep_apart(liaison: Person, review: str) -> None:
    go(liaison, review, "taking-part")
    liaison.press("Keep two people apart")
    pair = {"Who": MOTHER, "Is kept apart from": FATHER, "Why": WHY}
    send(liaison, "Keep them apart", pair)
    expect(card(liaison, "People who are kept apart")).to_contain_text(WHY)


def write_instructions(liaison: Person, review: str) -> None:
    takes_part(liaison, review, MOTHER)
    liaison.press("Write down instructions")
    suits = "Letters do not suit this person: speak to them"
    send(liaison, "Save", {suits: True, "Safe ways to reach them": CHANNEL})
    says(liaison, suits, CHANNEL)
    liaison.press("Change the reason")
    abuse = {"Domestic abuse is known or suspected": True}
    send(liaison, "Save", abuse | {"Why these instructions are needed": WHY})
    says(liaison, "Domestic abuse is known or suspected.", WHY)


def refuse_a_meeting_of_both(unit: Person, liaison: Person, review: str) -> None:
    choose(unit, review, "Plan a contact", MOTHER, FATHER)
    says(
        unit,
        "Mother and Father can’t be put into one contact. Ask the lead reviewer or the family",
        CHANNEL,
    )
    expect(unit.page.get_by_role("button", name="Plan it")).to_have_count(0)
    unit.look("kept apart")
    takes_part(unit, review, MOTHER)
    never_says(unit, WHY, "Domestic abuse", "apart")
    choose(liaison, review, "Plan a contact", MOTHER, FATHER)
    liaison.press("See how they are kept safe")
    says(liaison, WHY, "Domestic abuse is known or suspected.")
