"""What the review is for is agreed and told; then the work may begin."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives

OPENLY = "There is a trial in spring. This review looks for nobody's guilt."
NOT_AGREED = "The chair has not agreed to a statement of purpose."
NOT_TOLD = "Not told yet what the review is for: {group}."
GROUPS = [
    "Board members",
    "Leaders of the agencies involved",
    "Practitioners who worked with the family",
    "The family",
    "Those who conduct the review",
]
FAMILY = "The family"


def in_the_way(someone: Person, review: str) -> Locator:
    """What the overview says must be done before the review can move on."""
    someone.goto(review)
    return someone.page.get_by_role("region", name="Before this can move on")


def begin_commissioning(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Begin commissioning")
    unit.press("Begin commissioning")
    reasons = in_the_way(unit, review)
    for sentence in [NOT_AGREED, *(NOT_TOLD.format(group=group) for group in GROUPS)]:
        expect(reasons).to_contain_text(sentence)
    expect(unit.page.get_by_role("link", name="Begin the review's work")).to_have_count(0)


def write_the_purpose(unit: Person, review: str) -> None:
    unit.press("Go to the purpose", within=in_the_way(unit, review))
    unit.press("Write the statement")
    unit.write(re.compile("^What makes that harder"), OPENLY)
    unit.press("Save the statement")


def agree(chair: Person, reference: str) -> None:
    sentence = "The statement of purpose of {reference} waits for your agreement"
    arrives(chair, sentence, reference)
    expect(chair.page.locator("main")).to_contain_text(OPENLY)
    chair.press("Go to agree")
    chair.press("Agree to it")


def tell(unit: Person, review: str) -> None:
    """All but the family, whom the unit does not tell before the trial, and says so."""
    unit.goto(review)
    unit.press("Agree the purpose, and tell people of it")
    unit.press("Record who was told")
    for group in GROUPS:
        if group != FAMILY:
            unit.choose(group)
    unit.page.get_by_label("How", exact=True).select_option(label="At a meeting")
    unit.press("Save")
    expect(in_the_way(unit, review)).to_contain_text(NOT_TOLD.format(group=FAMILY))
    unit.press("Record it, or say why not", within=in_the_way(unit, review))
    unit.press(re.compile("^Say why not"))
    unit.write("Why?", "The police ask to wait until the mother has been interviewed.")
    unit.press("Save the reason")


def excuse_the_family(chair: Person, review: str) -> None:
    """Nobody of the family is considered or told before the trial; the chair answers for it."""
    for about in ("deciding who takes part, with reasons", "telling the family"):
        chair.press("Go to taking part", within=in_the_way(chair, review).first)
        chair.page.get_by_text("Let the review move on without something").click()
        chair.press(f"Without {about}")
        chair.write("Why may the review move on without it?", "The police ask us to wait.")
        chair.press("Save the reason")
    expect(in_the_way(chair, review)).to_have_count(0)


def begin_the_work(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Begin the review's work")
    unit.press("Begin the review's work")
    expect(unit.page.get_by_role("main")).to_contain_text("now at the stage: Under way")
