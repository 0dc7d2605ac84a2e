"""From a referral to the signed self-assessment as a PDF, as the persons concerned."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from scr_portal.core.dates import on_screen
from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives
from tests.journeys.portal import Portal, sign_in_of
from tests.journeys.setting_up.deciding import weigh

pytestmark = pytest.mark.timeout(900)

PASSWORD = sign_in_of("Board chair")[1]
ANSWERED = {1: [1, 2], 12: list(range(1, 10)), 18: [4]}
"""Questions by marker: the nine of marker 12, and more."""
SAVED = re.compile(r"Saved at \d\d:\d\d")


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


def test_from_a_referral_to_the_signed_assessment_as_a_pdf(
    person: Callable[..., Person], portal: Portal, tmp_path: Path
) -> None:
    unit, chair, lead = (person(who) for who in ("Business unit", "Board chair", "Lead reviewer"))
    review, reference = open_a_referral(unit)
    draft_the_decision(unit, review)
    sign_the_decision(chair, reference)
    put_a_date_on_tomorrow(unit, chair, reference)
    appoint_the_lead_reviewer(unit, review)

    open_a_pass(lead, reference)
    for marker, questions in ANSWERED.items():
        answer(lead, marker, questions)
    reflect_and_submit(lead)
    return_it(chair, reference)
    mend_and_submit_again(lead, reference)
    accept_it(chair, reference)

    pdf = export(lead, reference, tmp_path)
    text = squeezed("".join(page.extract_text() for page in PdfReader(pdf).pages))
    asked = [asked.text for chapter in portal.book.chapters for asked in chapter.questions]
    assert len(asked) == 107
    assert [each for each in asked if squeezed(each) not in text] == []
    assert squeezed(narrative(12, 3) + MENDED) in text
    arrives(unit, "A date of {reference} is near", reference, seconds=120)
    expect(the_date(unit)).to_contain_text(on_screen(days_ago(-1)))


def squeezed(text: str) -> str:
    """Without what a line's end may add: blanks and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


# --- the referral and the decision


def open_a_referral(unit: Person) -> tuple[str, str]:
    """Returns the review's address and its reference."""
    unit.goto("/")
    unit.press("Open a referral")
    unit.press("Save and continue")
    expect(unit.page.get_by_role("alert")).to_contain_text("Enter pseudonym of the child")
    unit.write(re.compile("^Pseudonym"), "Child Kestrel")
    unit.page.get_by_label("Seriously harmed").check()
    unit.write(re.compile("^Age at the incident"), "7 months")
    unit.date("Date of the incident", days_ago(60))
    unit.press("Save and continue")
    unit.write(re.compile("^Who refers"), "Named nurse for safeguarding")
    unit.date("Date the board learned of the incident", days_ago(58))
    unit.date("Date of the notification", days_ago(20))
    unit.date("Date of the referral", days_ago(5))
    unit.press("Save and continue")
    expect(unit.page.get_by_role("alert")).to_contain_text("Say why it took this long.")
    unit.write(re.compile("^Why the referral took"), "The ward told the board five weeks later.")
    unit.press("Save and continue")
    answer_the_clauses(unit)
    unit.write("Why the case is referred", "Three agencies knew of the bruises; none knew of all.")
    unit.press("Save and continue")
    change_an_answer(unit)
    unit.press("Open the referral")
    expect(unit.page.get_by_role("heading", name="Referral opened")).to_be_visible()
    reference = unit.page.locator(".govuk-panel__body strong").inner_text()
    return unit.path.removesuffix("referred"), reference


def answer_the_clauses(unit: Person) -> None:
    for clause, answer in [
        ("abused or neglected", "Yes"),
        ("child die", "No"),
        ("seriously harmed", "Yes"),
        ("worked together", "Not known yet"),
    ]:
        unit.page.get_by_role("group", name=clause).get_by_label(answer, exact=True).check()
    unit.choose("The statutory criteria are met")
    unit.press("Save and continue")


def change_an_answer(unit: Person) -> None:
    expect(unit.page.locator("main")).to_contain_text("Three agencies knew of the bruises")
    unit.press("Change Who refers the case, and when")
    unit.write(re.compile("^Who refers"), "Named nurse")
    unit.press("Save and continue")
    expect(unit.page.locator("main")).to_contain_text("Named nurse")


def draft_the_decision(unit: Person, review: str) -> None:
    unit.press("Go to the review")
    unit.press("Begin considering")
    unit.press("Begin considering")
    unit.press("The chair's decision")
    unit.press("Draft the decision")
    unit.choose("Serious case review")
    unit.page.get_by_role("group", name="statutory criteria").get_by_label("Yes").check()
    unit.write(re.compile("^Nature and scale"), "Eighteen months of practice, one learning event.")
    unit.press("Save the draft")
    expect(unit.page.locator("main")).to_contain_text("Give the reasons for the decision.")
    unit.press("Change the draft")
    unit.write(re.compile("^Reasons for the decision"), "Agencies did not share what they knew.")
    unit.press("Save the draft")
    weigh(unit)
    unit.press("Put it to the chair")
    expect(unit.page.locator("main")).to_contain_text("The decision is with the chair")


def sign_the_decision(chair: Person, reference: str) -> None:
    arrives(chair, "A decision on {reference} waits for your signature", reference)
    chair.press("Go to sign")
    chair.choose("I sign this statement")
    chair.write("Your password", "not this one")
    chair.press("Sign the decision")
    expect(chair.page.get_by_role("alert")).to_contain_text("This is not your password")
    chair.choose("I sign this statement")
    chair.write("Your password", PASSWORD)
    chair.press("Sign the decision")
    chair.press(re.compile("^Verify the signature"))
    expect(chair.page.locator("main")).to_contain_text(
        "What was signed, its hash and the record as it stands today agree."
    )


# --- the date and the people


def put_a_date_on_tomorrow(unit: Person, chair: Person, reference: str) -> None:
    """Its limit is statutory, so the chair agrees. The reminder comes by beat and worker."""
    unit.press("Record")
    unit.press("Dates")
    unit.press("Complete the rapid review")
    unit.date("New date", days_ago(-1))
    unit.choose("Records not found")
    unit.press("Ask the chair")
    arrives(chair, "An extension on {reference} waits for your agreement", reference)
    chair.press("Agree")
    expect(the_date(chair)).to_contain_text(on_screen(days_ago(-1)))


def the_date(someone: Person) -> Locator:
    return someone.page.get_by_role("row", name="Complete the rapid review")


def appoint_the_lead_reviewer(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Begin commissioning")
    unit.press("Begin commissioning")
    unit.press("People", within=unit.page.get_by_role("navigation", name="In this part"))
    unit.press("Appoint somebody")
    unit.write("Who?", sign_in_of("Lead reviewer")[0])
    unit.choose("Lead reviewer")
    unit.press("Appoint")
    expect(unit.page.locator("main")).to_contain_text("Leonard Quill is appointed.")


# --- the self-assessment


def open_a_pass(lead: Person, reference: str) -> None:
    arrives(lead, "You have been appointed to {reference}", reference)
    lead.press("Self-assessments")
    lead.press("Open a self-assessment")
    lead.page.get_by_role("group", name="What is this self-assessment for?").get_by_role(
        "radio"
    ).first.check()
    expect(lead.page.get_by_role("checkbox")).to_have_count(18)
    expect(lead.page.locator("main")).to_contain_text("official wording")
    lead.press("Open the self-assessment")
    lead.press("All 107 questions on one page")
    lead.press("Unfold all markers")
    expect(lead.page.locator(".portal-answer form[action^='answer/']")).to_have_count(107)
    lead.press("Self-assessment 1")


def narrative(marker: int, question: int) -> str:
    return f"What we saw on {marker}.{question}: the panel heard it, and wrote it down."


MENDED = " The grandmother has agreed to the note of 3 March."


def question_of(lead: Person, marker: int, question: int) -> Locator:
    return lead.page.locator(f"#q-{marker}-{question}")


def saved(place: Locator) -> None:
    expect(place.locator("[data-autosave-status]")).to_have_text(SAVED, timeout=20_000)


def answer(lead: Person, marker: int, questions: list[int]) -> None:
    lead.press(re.compile(rf"^{marker}\. "))
    for number in questions:
        place = question_of(lead, marker, number)
        place.get_by_label("In place", exact=True).check()
        place.get_by_label(re.compile("^Narrative")).fill(narrative(marker, number))
    for number in questions:
        saved(question_of(lead, marker, number))
    lead.page.reload()
    for number in questions:
        place = question_of(lead, marker, number)
        expect(place.get_by_label(re.compile("^Narrative"))).to_have_value(
            narrative(marker, number)
        )
    lead.press(re.compile("^Self-assessment 1"))


def reflect_and_submit(lead: Person) -> None:
    lead.press(re.compile(r"^12\. "))
    reflection = lead.page.locator("#reflection-12")
    reflection.get_by_role("textbox").press_sequentially("Nearer than in spring.", delay=5)
    saved(reflection)
    lead.press(re.compile("^Self-assessment 1"))
    submit(lead)


def submit(lead: Person) -> None:
    lead.press("Submit to the chair")
    expect(lead.page.locator("main")).to_contain_text("of 107 questions have not been considered")
    lead.press("Submit to the chair")
    expect(lead.page.locator("main")).to_contain_text("The self-assessment is with the chair.")


def return_it(chair: Person, reference: str) -> None:
    arrives(chair, "A self-assessment of {reference} waits for you", reference)
    chair.press(re.compile(r"^12\. "))
    expect(question_of(chair, 12, 9)).to_contain_text(narrative(12, 9))
    chair.press(re.compile("^Self-assessment 1"))
    chair.press("Return with reasons")
    chair.write("Why does it come back?", "12.3 does not say whether the grandmother agreed.")
    chair.press("Return it")


def mend_and_submit_again(lead: Person, reference: str) -> None:
    arrives(lead, "A self-assessment of {reference} has come back to you", reference)
    expect(lead.page.locator("main")).to_contain_text("12.3 does not say whether")
    lead.press(re.compile(r"^12\. "))
    place = question_of(lead, 12, 3)
    place.get_by_label(re.compile("^Narrative")).fill(narrative(12, 3) + MENDED)
    saved(place)
    lead.press(re.compile("^Self-assessment 1"))
    submit(lead)


def accept_it(chair: Person, reference: str) -> None:
    arrives(chair, "A self-assessment of {reference} waits for you", reference)
    chair.press("Accept and sign")
    chair.choose("I sign this statement")
    chair.write("Your password", PASSWORD)
    chair.press("Accept and sign")
    chair.press("See what was signed")
    expect(chair.page.locator("main")).to_contain_text("its hash and the record")
    expect(chair.page.locator("main")).to_contain_text(MENDED.strip())


def export(lead: Person, reference: str, folder: Path) -> Path:
    """Asks, leaves the page, and fetches it from the inbox."""
    lead.page.reload()
    lead.press("Choose what to take")
    lead.press("Make the file")
    expect(lead.page.locator("h1")).to_have_text(re.compile("^Your file is"))
    arrives(lead, "A file of {reference} is ready", reference, seconds=120)
    come = lead.fetch(lead.page.get_by_role("button", name="Download the PDF file"))
    come.save_as(path := folder / "pass.pdf")
    return path
