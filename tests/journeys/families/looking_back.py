"""What all of it is for the board: evidence beside the questions, and figures that find nobody."""

from playwright.sync_api import Locator, expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import GRANDMOTHER, MOTHER, SISTER, main, never_says, says

RECORD = {
    "4-1": f"{MOTHER} was told of the review on",
    "4-2": f"Information sheet to {MOTHER} in Bengali",
    "4-3": SISTER,
    "4-4": f"A question of {GRANDMOTHER}, asked on",
    "12-1": f"{GRANDMOTHER} is invited, with the reason",
    "12-2": "Decided on",
    "12-3": f"{MOTHER}: Interpreter, done",
    "12-4": f"{MOTHER} asked something",
    "12-5": "No question to the family is written down",
    "12-6": "3 contributions by family members; 1 used",
    "12-7": "2 of 3 contributions are in the person's own words",
    "12-8": "Father is not invited yet",
    "12-9": "2 of 3 invited people saw the report before publication",
}


def find_the_evidence(lead: Person, review: str) -> None:
    """Beside every question of the two markers on the family stands what the record says."""
    lead.goto(review)
    lead.press("Self-assessments")
    lead.press("Open a self-assessment")
    purpose = lead.page.get_by_role("group", name="What is this self-assessment for?")
    purpose.get_by_role("radio").first.check()
    lead.press("Open the self-assessment")
    address = lead.path
    for question, words in RECORD.items():
        marker = question.partition("-")[0]
        if not lead.path.endswith(f"/marker/{marker}/"):
            lead.goto(f"{address}marker/{marker}/")
        expect(_record(lead, question)).to_contain_text(words)


def _record(lead: Person, question: str) -> Locator:
    return lead.page.locator(f"#q-{question} details").filter(has_text="What the record holds")


def look_at_the_figures(unit: Person) -> None:
    """One family among a board's few reviews is behind no number."""
    unit.goto("/people/northmere/")
    unit.press("Families in reviews")
    says(unit, "A number from 1 to 4 is not shown")
    numbers = main(unit).locator("td.govuk-table__cell--numeric")
    shown = [text.split()[0] for text in numbers.all_inner_texts()]
    assert [each for each in shown if each in {"1", "2", "3", "4"}] == []
    assert "–" in shown
    never_says(unit, MOTHER)
