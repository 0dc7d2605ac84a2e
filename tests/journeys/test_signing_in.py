"""Coming in by invitation, by keyboard alone, and staying when the time runs out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import letter, link_in
from tests.journeys.portal import Portal, sign_in_of
from tests.journeys.test_pages import markers_of, review_of

pytestmark = pytest.mark.timeout(900)

CHOSEN = "a lamp on the stairs"
FOCUS = """() => {
    const drawn = (element, pseudo) => {
        const style = getComputedStyle(element, pseudo);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
            || style.boxShadow !== "none";
    };
    const at = document.activeElement;
    if (at === document.body) return true;
    const label = at.labels?.[0];
    const box = at.getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight;
    return seen && (drawn(at) || Boolean(label) && (drawn(label, "::before") || drawn(label)));
}"""
"""Whether what has the focus shows it; a radio's is drawn on its label."""


def test_an_invitation_is_accepted_once(person: Callable[..., Person], portal: Portal) -> None:
    unit = person("Business unit")
    email = "wilma@northmere.example"
    unit.goto("/people/northmere/")
    unit.press("Invite somebody")
    unit.write(re.compile("^E-?mail address"), email)
    unit.write("Name", "Wilma Harrowgate")
    unit.choose("Board member")
    unit.press("Send the invitation")
    link = link_in(letter(portal, email))

    guest = person()
    guest.goto(link)
    expect(guest.page.locator("main")).to_contain_text("Wilma Harrowgate")
    guest.page.get_by_label("Password", exact=True).fill("password")
    guest.press("Open the account")
    expect(guest.page.get_by_role("alert")).to_be_visible()
    guest.page.get_by_label("Password", exact=True).fill(CHOSEN)
    guest.press("Open the account")
    assert guest.path == "/"
    expect(guest.page.locator("main")).to_contain_text("Your account is ready.")

    somebody = person()
    with somebody.expecting(410):
        somebody.goto(link)
    expect(somebody.page.get_by_label("Password", exact=True)).to_have_count(0)
    somebody.goto("/")
    somebody.sign_in(email, CHOSEN)
    assert somebody.path == "/"


def test_an_answer_by_keyboard_alone(person: Callable[..., Person]) -> None:
    lead = person()
    lead.goto("/")
    email, password = sign_in_of("Lead reviewer")
    tab_to(lead.page, "input[type=email]")
    lead.page.keyboard.type(email)
    tab_to(lead.page, "input[type=password]")
    lead.page.keyboard.type(password)
    enter(lead)
    review = review_of(lead, "Child Fieldfare")
    lead.goto(f"{markers_of(review)}2/")
    tab_to(lead.page, ".govuk-task-list a[href$='/marker/12/']")
    enter(lead)
    tab_to(lead.page, "#q-12-9 input[type=radio]")
    lead.page.keyboard.press("Space")
    lead.page.keyboard.press("ArrowDown")
    assert lead.page.evaluate(FOCUS)
    tab_to(lead.page, "#q-12-9 textarea[name=narrative]")
    lead.page.keyboard.type("By keyboard.")
    tab_to(lead.page, "#q-12-9 form button")
    enter(lead)
    expect(lead.page.locator("#q-12-9 textarea[name=narrative]")).to_have_value("By keyboard.")
    expect(lead.page.locator("#q-12-9").get_by_label("In place", exact=True)).to_be_checked()


def tab_to(page: Page, selector: str) -> None:
    """As many tabs as it takes, with the focus visible at each."""
    for _ in range(200):
        page.keyboard.press("Tab")
        shown = page.evaluate(FOCUS)
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no tab reaches {selector}")


def enter(someone: Person) -> None:
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")
    someone.look()


def test_the_end_of_a_session_is_warned_of_and_put_off(person: Callable[..., Person]) -> None:
    unit = person("Business unit", anew=True)
    unit.page.clock.install()
    unit.goto("/inbox/")
    dialog = unit.page.get_by_role("dialog")
    unit.page.clock.fast_forward("17:50")
    expect(dialog).to_be_hidden()
    unit.page.clock.fast_forward("00:20")
    expect(dialog).to_contain_text("You will be signed out in 2 minutes")
    unit.look("time-out")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    unit.page.clock.fast_forward("18:10")
    expect(dialog).to_be_visible()
    unit.context.clear_cookies(name="session")
    with unit.page.expect_navigation():
        unit.page.clock.fast_forward("02:00")
    expect(unit.page.get_by_role("status")).to_contain_text("nothing had happened for a while")
    unit.page.clock.resume()
    unit.sign_in(*sign_in_of("Business unit"))
    assert unit.path == "/inbox/"
