"""Members are told what was decided and say that they have read it; groups are told the purpose."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives
from tests.journeys.test_pages import NARROW, review_of

pytestmark = pytest.mark.timeout(900)

TEXT = "Each agency will be asked for its records next week."


def test_members_are_briefed_and_acknowledge(person: Callable[..., Person]) -> None:
    unit, chair, member = (person(who) for who in ("Business unit", "Board chair", "Board member"))
    review = review_of(unit, "Child Siskin")
    unit.goto(review)
    reference = unit.page.locator(".portal-identity").inner_text().split()[0]
    draft(unit, review)
    issue(chair, reference)
    read(member, reference)
    unit.goto(f"{review}briefings")
    unit.press(re.compile("^Who has read it.*briefing 2"))
    expect(unit.page.get_by_role("row", name="Meera Sandhurst")).not_to_contain_text("Not opened")
    expect(unit.page.get_by_role("row", name="Imogen Hartwell")).to_contain_text("Not opened")
    unit.press(re.compile("^Give up.*waiting for Imogen Hartwell"))
    unit.write("Why is it given up?", "On leave until spring.")
    unit.press("Give up")
    expect(unit.page.get_by_role("row", name="Imogen Hartwell")).to_contain_text("On leave")


def draft(unit: Person, review: str) -> None:
    unit.goto(f"{review}briefings")
    unit.press("Draft another briefing")
    unit.write(re.compile("^In your own words"), TEXT)
    unit.press("Save and see it as members will")
    expect(unit.page.get_by_role("heading", name="The chair's reasons").first).to_be_visible()
    expect(unit.page.locator("main")).to_contain_text("Say by when it is to be read.")
    unit.press("Change the briefing")
    unit.date("To be read by", timezone.localdate() + timedelta(days=10))
    unit.press("Save and see it as members will")
    unit.press("Put it to the chair")


def issue(chair: Person, reference: str) -> None:
    arrives(chair, "A briefing on {reference} waits for the chair", reference)
    chair.press("Change the briefing")
    chair.page.get_by_label("Tell the chair's reasons, word for word").uncheck()
    chair.press("Save and see it as members will")
    chair.press("Go to issue")
    expect(chair.page.locator("main")).to_contain_text("Your reasons are not part of it.")
    expect(chair.page.locator("main")).to_contain_text(
        re.compile(r"\d+ board members: Imogen Hartwell")
    )
    chair.press(re.compile(r"^Issue it to \d+ members"))
    expect(chair.page.locator("main")).to_contain_text(re.compile(r"Read by 0 of \d+\."))


def read(member: Person, reference: str) -> None:
    arrives(member, "Something about {reference} is asked of you", reference)
    main = member.page.locator("main")
    expect(main).to_contain_text(TEXT)
    expect(main).not_to_contain_text("Siskin")
    expect(main).not_to_contain_text("The chair's reasons")
    member.press("I have read this")
    expect(main).to_contain_text("You said that you have read it")
    member.press("All briefings")
    expect(main).to_contain_text("Not read yet")
    member.goto("/")
    member.press("Read the briefing")
    expect(member.page.locator("main")).to_contain_text("A later briefing on this review")


def test_groups_are_told_what_a_review_is_for(person: Callable[..., Person]) -> None:
    unit = person("Business unit")
    review = review_of(unit, "Child Siskin")
    unit.goto(f"{review}stage/under_way")
    main = unit.page.locator("main")
    expect(main).to_contain_text("Not told yet what the review is for: The family.")
    unit.goto(f"{review}purpose")
    unit.press("Record who was told")
    unit.choose("Practitioners who worked with the family")
    unit.page.get_by_label("Those who conduct the review").check()
    unit.page.get_by_label("How", exact=True).select_option("meeting")
    unit.write(re.compile("^What they said"), "They asked whether notes are kept.")
    unit.press("Save")
    expect(main).to_contain_text("They asked whether notes are kept.")
    unit.press(re.compile("^Say why not.*The family"))
    unit.write("Why?", "Their solicitor asked us to wait for a week.")
    unit.press("Save the reason")
    expect(main).to_contain_text("Waived: Their solicitor")
    unit.goto(f"{review}stage/under_way")
    expect(main).not_to_contain_text("Not told yet what the review is for")


def test_the_next_version_of_a_purpose_is_compared(person: Callable[..., Person]) -> None:
    unit, chair = person("Business unit"), person("Board chair")
    review = review_of(unit, "Child Fieldfare")
    unit.goto(f"{review}purpose")
    unit.press("Begin the next version")
    unit.write(re.compile("^What makes that harder"), "The trial has ended.")
    unit.press("Save the statement")
    unit.press("Compare with version 1")
    expect(unit.page.locator("main ins").first).to_contain_text("The trial")
    expect(unit.page.locator("main ins").last).to_contain_text("ended.")
    chair.goto(f"{review}purpose")
    chair.press("Go to agree")
    chair.press("Agree to it")
    expect(chair.page.locator("main")).to_contain_text("before version 2 was agreed")


@pytest.mark.parametrize("who", ["Business unit", "Board chair", "Board member"])
def test_nothing_of_it_is_cut_off_at_320_pixels(person: Callable[..., Person], who: str) -> None:
    someone = person(who, viewport=NARROW)
    places = ["/", "/reviews/briefings"]
    if who != "Board member":
        review = review_of(someone, "Child Siskin")
        places += [f"{review}briefings", f"{review}briefings/edit", f"{review}purpose"]
    if who == "Business unit":
        places += [
            f"{review}purpose/edit",
            f"{review}purpose/tell",
            f"{review}purpose/waive/family",
        ]
    wide = []
    for place in places:
        someone.goto(place)
        over = someone.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if over > 0:
            wide.append(f"{place} by {over} px")
    assert not wide
