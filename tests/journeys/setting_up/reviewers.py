"""Somebody who works for an agency of the case does not review it; somebody independent does."""

import re

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives
from tests.journeys.portal import sign_in_of
from tests.journeys.setting_up.asking import POLICE
from tests.journeys.setting_up.days import days_from_now

TIED, INDEPENDENT = "Sophie Marchbank", "Leonard Quill"
TIED_BY = f"{TIED} is not independent by the declaration of"


def open_room(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Independent reviewers")


def declare(unit: Person, who: str, **answers: str) -> None:
    """Everything is answered with No but what is said otherwise."""
    page = unit.page
    unit.press("Record a declaration of independence")
    page.get_by_label("Who declares?").select_option(label=who)
    for name, question in [
        ("employed", "employed"),
        ("managed", "managed"),
        ("related", "related"),
    ]:
        answer = answers.get(name, "No")
        page.get_by_role("group", name=re.compile(question)).get_by_label(answer).check()
    if "employed" in answers:
        page.get_by_label(re.compile("^Which agency")).select_option(label=POLICE)
        unit.write(re.compile("^Details"), "On the force's payroll until the end of the year.")
    unit.press("Put it on the record")


def refuse_who_is_tied(unit: Person, review: str) -> None:
    open_room(unit, review)
    declare(unit, TIED, employed="Yes")
    card = unit.page.get_by_role("region", name=TIED)
    expect(card).to_contain_text(f"Employed by {POLICE}")
    expect(card.get_by_role("link", name=re.compile("^Engage"))).to_have_count(0)
    appoint(unit, review, "sophie@northmere.example")
    expect(unit.page.get_by_role("alert")).to_contain_text(TIED_BY)


def appoint(unit: Person, review: str, email: str) -> None:
    unit.goto(review)
    unit.press("Appoint somebody")
    unit.write("Who?", email)
    unit.choose("Lead reviewer")
    unit.press("Appoint")


def engage_who_is_independent(unit: Person, review: str) -> None:
    open_room(unit, review)
    declare(unit, INDEPENDENT)
    unit.press(re.compile("^Engage"), within=unit.page.get_by_role("region", name=INDEPENDENT))
    unit.write("As what?", "lead reviewer")
    unit.date("Contract from", days_from_now(1))
    unit.press("Engage")
    expect(unit.page.get_by_role("region", name=INDEPENDENT)).to_contain_text("Engaged as")
    appoint(unit, review, sign_in_of("Lead reviewer")[0])
    expect(unit.page.locator("main")).to_contain_text(f"{INDEPENDENT} is appointed.")


def hear_of_it(lead: Person, reference: str) -> None:
    arrives(lead, "You have been appointed to {reference}", reference)
    expect(lead.page.locator("h1")).to_contain_text(reference)
