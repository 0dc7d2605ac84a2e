"""The chair briefs the members on the decision; one of them acknowledges it."""

import re

from playwright.sync_api import expect

from scr_portal.core.dates import on_screen
from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives, do
from tests.journeys.setting_up.days import days_from_now
from tests.journeys.setting_up.deciding import REASONS

WORDS = "Agencies name a lead for the review by the end of the month."


def draft(unit: Person, review: str) -> None:
    """By when it is to be read is demanded before it can be issued."""
    unit.goto(review)
    unit.press("Brief the board's members")
    unit.press("Draft a briefing")
    unit.write(re.compile("^In your own words"), WORDS)
    unit.press("Save and see it as members will")
    gap = unit.page.get_by_role("listitem").filter(has_text="Say by when it is to be read.")
    unit.press("Put this right", within=gap)
    unit.date("To be read by", days_from_now(7))
    unit.press("Save and see it as members will")
    unit.press("Put it to the chair")


def issue(chair: Person, reference: str) -> None:
    arrives(chair, "A briefing on {reference} waits for the chair", reference)
    chair.press("Go to issue")
    expect(chair.page.locator("main")).to_contain_text("Meera Sandhurst")
    # How many they are depends on whom other journeys have invited.
    chair.press(re.compile(r"^Issue it to \d+ members"))
    expect(chair.page.locator("main")).to_contain_text(re.compile(r"Read by 0 of \d+\."))


def acknowledge(member: Person, reference: str) -> None:
    """They see the reasons of the decision and nothing else of the review."""
    do(member, "Read the briefing", reference)
    expect(member.page.locator("main")).to_contain_text(REASONS)
    expect(member.page.locator("main")).to_contain_text(WORDS)
    expect(member.page.locator("main")).not_to_contain_text("Child Dunnock")
    member.press("I have read this")
    expect(member.page.locator("main")).to_contain_text("You said that you have read it")


def see_who_has_read(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Brief the board's members")
    unit.press(re.compile("^Who has read it"))
    today = on_screen(days_from_now(0))
    table = unit.page.get_by_role("region", name="Members and their receipts")
    expect(table.get_by_role("row", name="Meera Sandhurst")).to_contain_text(today)
    expect(table.get_by_role("row", name="Tomasz Brandreth")).to_contain_text("Not yet")
