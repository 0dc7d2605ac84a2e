"""While the work goes on: markers taken up as the review reaches them, by three people at once."""

import re

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import main, row, says, send
from tests.journeys.inbox import arrives, do
from tests.journeys.markers.pages import (
    IN_PLACE,
    LEAD,
    LIAISON,
    PANEL,
    PARTLY,
    answer,
    go,
    open_a_pass,
    place,
)

TOLD = "Everybody who works on it was told in the first week."
PRACTITIONERS = "The school’s staff heard of it from a newspaper."
GRANDMOTHER = "The grandmother wants to be heard; a day is agreed."
SUPPORT = "An interpreter is booked for both talks."
NOTES = "Contact log, entries of the last two weeks."


def plan(lead: Person, review: str) -> None:
    open_a_pass(lead, review, "Progressive, as the review goes on", ())
    lead.press("Plan them")
    plan_at(lead, "Under way", "5.", "12.")
    plan_at(lead, "Responding", "14.")


def plan_at(lead: Person, stage: str, *markers: str) -> None:
    lead.press("Plan several markers")
    boxes = lead.page.get_by_role("group", name="Which markers?")
    for marker in markers:
        boxes.get_by_label(re.compile(f"^{re.escape(marker)} ")).check()
    send(lead, "Save", {"At which stage of the review?": stage})
    says(lead, "The plan is saved.")


def take_up(lead: Person, reference: str) -> None:
    """The review has come to two of the three: of these the first page speaks."""
    do(lead, "Take up marker 5 in self-assessment 2", reference)
    expect(row(lead, "14")).to_contain_text("Responding")
    for number in (5, 12):
        lead.press(re.compile(rf"^Take it up ?: {number}\. "))
    says(lead, "Marker 12 is part of the self-assessment now.")
    lead.goto("/")
    lines = lead.page.get_by_role("listitem").filter(has_text=reference)
    expect(lines.filter(has_text="Take up marker")).to_have_count(0)


def assign(lead: Person, review: str) -> None:
    go(lead, review, "2/plan/")
    lead.press("Assign markers or questions")
    lead.page.get_by_label("Who?").select_option(label=PANEL)
    lead.page.get_by_text("Only single questions").first.click()
    lead.page.get_by_role("checkbox", name=re.compile(r"^5\.2 ")).check()
    lead.press("Assign", within=main(lead).locator("form"))
    expect(row(lead, "5")).to_contain_text(f"{PANEL}, 5.2")


def find_what_is_assigned(panel: Person, reference: str) -> None:
    """One question is theirs to fill in; the others of the marker are there to be read."""
    arrives(panel, "Part of a self-assessment of {reference} is yours to do", reference)
    panel.press("Some of it is assigned to you: see your questions")
    panel.press(re.compile(r"^5\.2 "), within=main(panel))
    expect(place(panel, "5.2").locator("form")).to_have_count(1)
    expect(place(panel, "5.1").locator("form")).to_have_count(0)


def fill_in_at_once(lead: Person, liaison: Person, panel: Person, review: str) -> None:
    """All have their pages open before anybody writes, two of them the same question."""
    go(liaison, review, "2/marker/12/")
    go(panel, review, "2/marker/5/")
    go(lead, review, "2/marker/5/")
    answer(panel, "5.2", PRACTITIONERS, PARTLY)
    answer(lead, "5.1", TOLD, IN_PLACE)
    go(lead, review, "2/marker/12/")
    answer(liaison, "12.1", GRANDMOTHER, PARTLY)
    answer(liaison, "12.3", SUPPORT, IN_PLACE)
    answer(lead, "12.3", NOTES, box="Notes of evidence")


def find_everything(lead: Person, review: str) -> None:
    go(lead, review, "2/marker/12/")
    both = place(lead, "12.3")
    expect(both.get_by_label(re.compile("^Narrative"))).to_have_value(SUPPORT)
    expect(both.get_by_label(re.compile("^Notes of evidence"))).to_have_value(NOTES)
    expect(both.get_by_label(IN_PLACE, exact=True)).to_be_checked()
    expect(place(lead, "12.1")).to_contain_text(LIAISON)
    expect(place(lead, "12.1").get_by_text("Answered before (1)")).to_be_visible()
    lead.press("Previous marker")
    expect(place(lead, "5.2")).to_contain_text(PANEL)
    expect(place(lead, "5.1")).to_contain_text(LEAD)
