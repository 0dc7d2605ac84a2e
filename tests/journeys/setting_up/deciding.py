"""The sub-group recommends one thing, the chair decides another and says why."""

import re
from pathlib import Path

from docx import Document
from playwright.sync_api import expect
from pypdf import PdfReader

from scr_portal.core.dates import on_screen
from tests.journeys.browsing import Person
from tests.journeys.inbox import arrives
from tests.journeys.portal import sign_in_of
from tests.journeys.setting_up.days import days_from_now

DISSENT = "Nobody has asked yet why no call was passed on."
REASONS = "Three agencies saw one injury each, and no one put them beside each other."
DEPARTS = "The review of last year did not look at what passes between surgery and police."
GAP = "Say why the decision departs from what was recommended."
FACTORS = 8


def hold_the_meeting(unit: Person, review: str) -> None:
    unit.goto(review)
    unit.press("Begin considering")
    unit.press("Begin considering")
    unit.press("The sub-group's recommendation")
    unit.press("Record a meeting")
    unit.date("Held on", days_from_now(0))
    unit.write("Who was there", "Imogen Hartwell, Northmere Police\nMeera Sandhurst, health")
    unit.write(re.compile("^What was considered"), "What two agencies and the surgery wrote.")
    unit.press("Save")
    unit.press("Advice to the chair")


def recommend(unit: Person) -> None:
    unit.press("Record the recommendation")
    unit.choose("Other learning")
    unit.write(re.compile("^Reasons"), "What would be learned is known from last year's review.")
    unit.write(re.compile("^Who does not agree"), "Imogen Hartwell, Northmere Police")
    unit.write(re.compile("^What do they hold"), DISSENT)
    meeting = f"Meeting of {on_screen(days_from_now(0))}"
    unit.page.get_by_label("At which meeting").select_option(label=meeting)
    unit.press("Put the recommendation on the record")
    expect(unit.page.locator("main")).to_contain_text("Recommendation 1")
    expect(unit.page.locator("main")).to_contain_text(DISSENT)


def draft(unit: Person, review: str) -> None:
    """It departs from what was recommended; the reason is demanded before the chair gets it."""
    unit.goto(review)
    unit.press("The chair's decision")
    unit.press("Draft the decision")
    unit.choose("Serious case review")
    unit.page.get_by_role("group", name="statutory criteria").get_by_label("Yes").check()
    unit.write(re.compile("^Nature and scale"), "Fourteen months of practice, two learning events.")
    unit.write(re.compile("^Reasons for the decision"), REASONS)
    unit.press("Save the draft")
    weigh(unit)
    expect(unit.page.locator("main")).to_contain_text(GAP)
    expect(unit.page.get_by_role("button", name="Put it to the chair")).to_have_count(0)
    gap = unit.page.get_by_role("listitem").filter(has_text=GAP)
    unit.press("Put this right", within=gap)
    unit.write(re.compile("^Why the decision departs"), DEPARTS)
    unit.press("Save the draft")
    unit.press("Put it to the chair")
    expect(unit.page.locator("main")).to_contain_text("The decision is with the chair")


def weigh(unit: Person) -> None:
    unit.press("Weigh the factors")
    ways = unit.page.get_by_label("Weighed, and changes nothing")
    notes = unit.page.get_by_role("textbox", name="Why")
    expect(ways).to_have_count(FACTORS)
    expect(notes).to_have_count(FACTORS)
    for number in range(FACTORS):
        ways.nth(number).check()
        notes.nth(number).fill(weighed(number))
    unit.press("Save the draft")


def weighed(number: int) -> str:
    return f"Looked at as the factor that comes {number + 1} in the list."


def sign(chair: Person, reference: str) -> None:
    arrives(chair, "A decision on {reference} waits for your signature", reference)
    expect(chair.page.locator("main")).to_contain_text(DEPARTS)
    chair.press("Go to sign")
    chair.choose("I sign this statement")
    chair.write("Your password", sign_in_of("Board chair")[1])
    chair.press("Sign the decision")


def look_at_the_record(unit: Person, review: str, folder: Path) -> None:
    """What was signed, as PDF and as Word."""
    unit.goto(review)
    unit.press("The chair's decision")
    wanted = [REASONS, DEPARTS, DISSENT, *(weighed(number) for number in range(FACTORS))]
    for kind in ("PDF", "Word"):
        text = squeezed(text_of(download(unit, kind, folder)))
        assert [each for each in wanted if squeezed(each) not in text] == [], kind


def download(someone: Person, link: str, folder: Path) -> Path:
    control = someone.page.locator("main").get_by_role("link", name=re.compile(f"^{link}"))
    come = someone.fetch(control.first)
    come.save_as(path := folder / come.suggested_filename)
    return path


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages)
    word = Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


def squeezed(text: str) -> str:
    """Without what a line's end may add: blanks and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)
