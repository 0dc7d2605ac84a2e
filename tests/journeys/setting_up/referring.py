"""A professional outside refers by the link in their email; the unit opens a review from it."""

import re

from playwright.sync_api import Response, expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives, letter, link_in
from tests.journeys.portal import Portal
from tests.journeys.setting_up.days import days_from_now

PROFESSIONAL = "oona@surgery.example"
INCIDENT_ON, KNOWN_ON = days_from_now(-60), days_from_now(-57)
RATIONALE = "The surgery, the school and the police each knew of one injury, and nobody of all."


def send_the_link(unit: Person, portal: Portal) -> str:
    """Returns the link, as it stands in the email."""
    unit.goto("/")
    unit.press("Referrals that were sent in")
    unit.press("Ask somebody outside to refer a case")
    unit.write("Name", "Oona Brackley")
    unit.write("Email address", PROFESSIONAL)
    unit.press("Send the link")
    newest = unit.page.get_by_role("row", name="Oona Brackley").first
    expect(newest).to_contain_text("Not opened yet")
    return link_in(letter(portal, PROFESSIONAL))


def begin(guest: Person, link: str) -> None:
    """And leave, as soon as the page says that it is saved."""
    guest.goto(link)
    expect(guest.page.locator("h1")).to_have_text("Refer a case to the board")
    guest.write("Your role", "General practitioner")
    guest.write(re.compile("^Your organisation"), "Brackley Surgery")
    guest.write("What to call the child here", "Child Dunnock")
    with guest.page.expect_response(saved):
        guest.write("Why the case is referred", RATIONALE)
    expect(guest.page.locator("[data-autosave-status]")).to_have_text(
        re.compile(r"Saved at \d\d:\d\d")
    )
    guest.page.close()


def saved(answer: Response) -> bool:
    return answer.ok and "nobody+of+all" in (answer.request.post_data or "")


def come_back_and_send(guest: Person, link: str) -> str:
    """In another browser; returns the number of the referral."""
    guest.goto(link)
    expect(guest.page.get_by_label("Why the case is referred")).to_have_value(RATIONALE)
    expect(guest.page.get_by_label("Your role")).to_have_value("General practitioner")
    guest.page.get_by_role("radio", name="Seriously harmed").check()
    guest.write(re.compile("^Age at the incident"), "5")
    guest.date("Date of the incident", INCIDENT_ON)
    guest.date("Date you or your organisation learned of the incident", KNOWN_ON)
    answer_the_clauses(guest)
    guest.press("Save and check")
    expect(guest.page.get_by_role("alert")).to_contain_text("Say why it took this long.")
    guest.write(re.compile("^Why the referral took"), "The school's note came late.")
    guest.press("Save and check")
    expect(guest.page.locator("main")).to_contain_text(RATIONALE)
    guest.press("Send the referral")
    expect(guest.page.get_by_role("heading", name="Referral sent")).to_be_visible()
    found = re.search(r"Its number is (\S+)", guest.page.locator("main").inner_text())
    assert found
    return found[1]


def answer_the_clauses(guest: Person) -> None:
    for clause, answer in [
        ("abused or neglected", "Yes"),
        ("child die", "No"),
        ("seriously harmed", "Yes"),
        ("worked together", "Yes"),
    ]:
        guest.page.get_by_role("group", name=clause).get_by_label(answer, exact=True).check()
    guest.choose("The statutory criteria are met")


def find_the_link_used(guest: Person, link: str) -> None:
    with guest.expecting(410):
        guest.goto(link)
    expect(guest.page.locator("h1")).to_have_text("This link can no longer be used")


def open_the_review(unit: Person, number: str) -> tuple[str, str]:
    """Returns the review's address and its reference."""
    arrives(unit, "A referral has been sent to the board", "")
    unit.goto("/")
    unit.press(re.compile(f"^Look at referral {number}"))
    expect(unit.page.locator("main")).to_contain_text(RATIONALE)
    unit.press("Open the review")
    expect(unit.page.get_by_role("heading", name="Referral opened")).to_be_visible()
    reference = unit.page.locator(".govuk-panel__body strong").inner_text()
    unit.press("Go to the review")
    return unit.path, reference
