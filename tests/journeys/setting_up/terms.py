"""Terms of reference: two rounds of comments, a gap that the check finds, the chair's signature."""

import re
from pathlib import Path
from urllib.parse import unquote_plus

from playwright.sync_api import Locator, Response, expect

from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives, do
from tests.journeys.portal import sign_in_of
from tests.journeys.setting_up.asking import HEALTH, POLICE
from tests.journeys.setting_up.days import days_from_now
from tests.journeys.setting_up.deciding import download, squeezed, text_of

EQUALITY, PERIOD = "Race, language, culture, religion and disability", "Period under review"
PASSED_OVER = "Race, language, culture, religion and disability are passed over."
NO_PERIOD = "The period has no beginning or no end."
TEXTS = {
    "Breadth and depth": "Four turning points in full, and everything else in outline.",
    "Questions for the review": "How did what one agency saw reach the others, and why not?",
    "Method": "Conversations with practitioners in two groups, and with each of them alone.",
    "Agencies": f"{HEALTH} and {POLICE} write chronologies and take part in both events.",
    "The family": "The mother and the grandmother are invited by the liaison in May.",
    "Parallel processes": "A criminal investigation; the police say whom we may speak to.",
    "Knowledge wanted in the reviewers": "Injuries of young children, and work in schools.",
    "Why this scale is in proportion": "Three agencies, one child, fourteen months.",
}
MENDED = "The mother speaks Kurdish at home. Who interpreted, and what was lost by it?"


def section(unit: Person, title: str) -> Locator:
    return unit.page.get_by_role("region", name=title, exact=True)


def write(unit: Person, title: str, text: str) -> None:
    place = section(unit, title)

    def kept(answer: Response) -> bool:
        return answer.ok and text in unquote_plus(answer.request.post_data or "")

    with unit.page.expect_response(kept):
        place.get_by_role("textbox").last.fill(text)
    expect(place.locator("[data-autosave-status]")).to_have_text(re.compile("^Saved"))


def begin(unit: Person, review: str) -> None:
    """Two gaps are left: no period, and equality waved through."""
    unit.goto(review)
    unit.press("Terms of reference")
    unit.press("Begin the terms of reference")
    for title, text in TEXTS.items():
        write(unit, title, text)
    write(unit, EQUALITY, "None known.")
    expect(section(unit, EQUALITY)).to_contain_text(PASSED_OVER)
    expect(section(unit, PERIOD)).to_contain_text(NO_PERIOD)
    unit.page.reload()
    expect(section(unit, EQUALITY).get_by_role("textbox")).to_have_value("None known.")


def send_out(unit: Person) -> None:
    unit.press("Terms of reference", within=unit.page.locator("main"))
    unit.press("Send out for comments")
    unit.date("Comments wanted by", days_from_now(7))
    for name in ("Meera Sandhurst", "Leonard Quill"):
        unit.choose(name)
    unit.press("Send it out")
    expect(unit.page.locator("main")).to_contain_text("Everybody who was asked has been told.")


def comment(someone: Person, reference: str, title: str, text: str) -> None:
    """Whoever is asked sees the text, comments and says so when finished."""
    do(someone, "Give your input to the terms of reference", reference)
    place = someone.page.get_by_role("region", name=title, exact=True)
    place.get_by_text("Comment on this section").click()
    place.get_by_label("Your comment").fill(text)
    someone.press(re.compile("^Send the comment"), within=place)
    expect(someone.page.locator("main")).to_contain_text(text)
    someone.press("I have finished")


def settle(unit: Person, by: str, what: str, why: str) -> None:
    """From the work that waits; each comment gets its disposition where it stands."""
    card = unit.page.get_by_role("article", name=re.compile(f"^{by}"))
    card.get_by_label(what, exact=True).check()
    card.get_by_label("Why (whoever commented reads it)").fill(why)
    unit.press(re.compile("^Keep this"), within=card)
    card = unit.page.get_by_role("article", name=re.compile(f"^{by}"))
    expect(card).to_contain_text(why)
    expect(card).to_contain_text(what)


def open_round(unit: Person, review: str, number: int) -> None:
    unit.goto(review)
    unit.press("Terms of reference")
    unit.press(re.compile(f"^Round {number}, on version"))


def close_round(unit: Person) -> None:
    unit.press("Close the round now")
    expect(unit.page.get_by_role("button", name="Close the round now")).to_have_count(0)
    unit.press("Terms of reference", within=unit.page.locator("main"))


def mend_the_period(unit: Person) -> None:
    unit.press("Write")
    place = section(unit, PERIOD)
    # A day that stands half in its boxes is refused, and saved when it is whole.
    with unit.expecting(422):
        for legend, day in [("begins", days_from_now(-500)), ("ends", days_from_now(-30))]:
            unit.date(f"The period {legend} on", day)
        write(unit, PERIOD, "From the first call to the surgery; what came before, in outline.")
    expect(place).not_to_contain_text(NO_PERIOD)


def first_round(unit: Person, member: Person, lead: Person, review: str, reference: str) -> None:
    send_out(unit)
    comment(member, reference, PERIOD, "From when to when are we to look?")
    comment(lead, reference, "Method", "Groups of no more than eight, please.")
    open_round(unit, review, 1)
    settle(unit, "Meera", "Taken up", "It begins with the first call.")
    settle(unit, "Leonard", "Taken up in part", "Ten, for there are many.")
    close_round(unit)
    mend_the_period(unit)


def second_round(unit: Person, member: Person, lead: Person, review: str, reference: str) -> None:
    send_out(unit)
    comment(member, reference, "Agencies", "Does this take in the school?")
    comment(lead, reference, EQUALITY, "It says nothing of this family.")
    open_round(unit, review, 2)
    settle(unit, "Meera", "A question, answered", "It does, by the school nurse.")
    settle(unit, "Leonard", "Taken up", "Written before it goes to the chair.")
    close_round(unit)


def find_and_mend_the_gap(unit: Person, review: str) -> None:
    """The check says what a reader would miss, and leads to where it is put right."""
    unit.goto(review)
    unit.press("Terms of reference")
    unit.press("Put to the chair")
    expect(unit.page.locator("main")).not_to_contain_text(NO_PERIOD)
    unit.press(re.compile(PASSED_OVER))
    write(unit, EQUALITY, MENDED)
    expect(section(unit, EQUALITY)).not_to_contain_text(PASSED_OVER)
    unit.press("See all that the check finds, and put it to the chair")
    expect(unit.page.locator("main")).not_to_contain_text(PASSED_OVER)
    unit.press("Put it to the chair")


def sign(chair: Person, reference: str) -> None:
    arrives(chair, "The terms of reference of {reference} wait for your signature", reference)
    chair.press("Go to sign")
    expect(chair.page.locator("main")).to_contain_text(MENDED)
    chair.choose("I sign this statement")
    chair.write("Your password", sign_in_of("Board chair")[1])
    chair.press("Sign the terms of reference")
    chair.press("Verify the signature")
    expect(chair.page.locator("main")).to_contain_text(
        "What was signed, its hash and the record as it stands today agree."
    )


def look_at_the_files(lead: Person, review: str, folder: Path) -> None:
    lead.goto(review)
    lead.press("Terms of reference")
    for kind in ("PDF", "Word"):
        text = squeezed(text_of(download(lead, kind, folder)))
        wanted = [MENDED, *TEXTS, *TEXTS.values()]
        assert [each for each in wanted if squeezed(each) not in text] == [], kind
