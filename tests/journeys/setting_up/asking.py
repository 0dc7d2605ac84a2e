"""Agencies are asked to keep their records and what they know; they answer, or are chased."""

import re
from contextlib import closing

import psycopg2
from playwright.sync_api import Locator, expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives, link_in
from tests.journeys.portal import Portal
from tests.journeys.setting_up.days import days_from_now
from tests.processes import until

HEALTH, POLICE, HOUSING = "Northmere Health Trust", "Northmere Police", "Harbour Housing"
LINKS = {POLICE: ("Piers Loxley", "piers@police.example")}
LINKS[HOUSING] = ("Hetty Marsh", "hetty@housing.example")
KNEW = "Two calls to the home in June; neither was passed on."


def ask(unit: Person, what: str) -> None:
    """A board member of one agency, and somebody of each of two others by a link."""
    unit.press(what)
    of(unit, HEALTH).get_by_label("Meera Sandhurst").check()
    for agency, (name, email) in LINKS.items():
        of(unit, agency).get_by_label("Somebody by a link").check()
        of(unit, agency).get_by_label("Name").fill(name)
        of(unit, agency).get_by_label("Email address").fill(email)
    unit.press("Send")
    expect(unit.page.locator("main")).to_contain_text("Each of them has been told.")


def of(unit: Person, agency: str) -> Locator:
    return unit.page.get_by_role("group", name=agency)


def row(unit: Person, agency: str, caption: str = "what they know") -> Locator:
    return unit.page.get_by_role("region", name=caption).get_by_role("row", name=agency)


def confirm(someone: Person) -> None:
    """That the records are kept, on the page to which the email or the worklist led."""
    expect(someone.page.locator("h1")).to_have_text("Keep your records")
    someone.press("Confirm")
    expect(someone.page.locator("main")).to_contain_text("onfirmed")


def answer(someone: Person, role: str) -> None:
    """What must be in it is demanded; a last look comes before it is sent."""
    page = someone.page
    someone.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("What worries were on record")
    page.get_by_role("group", name="still working").get_by_label("Yes").check()
    someone.write(re.compile("^Whom of the family"), "The child and the mother, health visiting.")
    someone.write(re.compile("^What worries"), KNEW)
    someone.write(re.compile("^Is a child or an adult at risk"), "Nobody, as far as is known.")
    someone.write(re.compile("^Who in your agency"), role)
    page.get_by_label("Your name and role").last.fill(role)
    someone.press("Continue")
    expect(page.locator("main")).to_contain_text(KNEW)
    someone.press("Send the answers")
    expect(page.locator("main")).to_contain_text("has been sent")


def links(portal: Portal, agency: str) -> tuple[str, str]:
    """Of the notice and of the form, as they stand in the emails."""
    email = LINKS[agency][1]
    until(lambda: len(portal.post.to(email)) == 2, f"two letters for {email}", 60)
    letters = sorted(portal.post.to(email), key=lambda each: "notice" not in each["Subject"])
    notice, form = (link_in(each) for each in letters)
    return notice, form


def let_time_pass(portal: Portal, review: str, agency: str) -> None:
    """Nobody waits a week for a test: the day on which the answer is wanted is moved back.

    That is all. Who notices it are beat and the worker.
    """
    day = days_from_now(-8)
    database = portal.processes.env["DATABASE_URL"]
    with closing(psycopg2.connect(database)) as link, link, link.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_agencyreturn SET due_on = %s, chase_on = %s"
            " FROM accounts_agency WHERE accounts_agency.id = agency_id"
            " AND name = %s AND review_id = %s",
            [day, day, agency, review.strip("/").split("/")[-1]],
        )
        assert cursor.rowcount == 1


def chased(unit: Person, portal: Portal, reference: str) -> None:
    """By beat and the worker; whoever was asked and the unit hear of it."""
    email = LINKS[HOUSING][1]
    until(
        lambda: any("still waits" in each["Subject"] for each in portal.post.to(email)),
        f"a reminder for {email}",
        150,
    )
    arrives(unit, "Something asked about {reference} has not been answered", reference)
    expect(row(unit, HOUSING)).to_contain_text("1 reminder sent")


def give_up(unit: Person) -> None:
    unit.press(HOUSING, within=row(unit, HOUSING))
    unit.press("Record that it did not answer")
    unit.write("Reason", "Rang on two days; the records are with a contractor that has closed.")
    unit.press("Record it")
    expect(unit.page.locator("main")).to_contain_text("Rang on two days")
    unit.press("Back to the information")
    expect(row(unit, HOUSING)).to_contain_text("Not returned")
    unit.press("Answers side by side")
    expect(unit.page.locator("main")).to_contain_text(KNEW)
