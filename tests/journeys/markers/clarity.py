"""At the start: what good will look like, and one thing of which the record says otherwise."""

import re

from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import main, says, send
from tests.journeys.inbox import arrives
from tests.journeys.markers.pages import IN_PLACE, PARTLY, answer, go, open_a_pass, place
from tests.journeys.portal import sign_in_of

MARKERS = (1, 5, 12)
REASONED = "The referral names three agencies and what each of them saw."
SPOKEN = "It was said at the first meeting, and is not in writing."
INVITED = "Nobody has asked the family yet."
AGAINST = "no information that supports them is recorded"
WHY = "It lies in the minutes of the sub-group, which are not on the portal yet."


def fill_in(lead: Person, review: str) -> None:
    open_a_pass(lead, review, "Clarity at the start", MARKERS)
    lead.press(re.compile(r"^1\. "))
    answer(lead, "1.1", REASONED, IN_PLACE)
    lead.press("Next marker")
    answer(lead, "5.2", SPOKEN, PARTLY)
    lead.press("Next marker")
    answer(lead, "12.1", INVITED, PARTLY)
    answer(lead, "12.2", INVITED, PARTLY)


def explain(lead: Person, review: str) -> None:
    """What the record says stands beside the answer, and is not taken for it."""
    go(lead, review, "1/")
    says(lead, "Where the record says otherwise", AGAINST, "1 is not explained yet")
    lead.press("1.1")
    lead.press("Explain it", within=place(lead, "1.1"))
    send(lead, "Save the explanation", {"What explains it": WHY})
    expect(place(lead, "1.1")).to_contain_text(WHY)
    go(lead, review, "1/")
    says(lead, "All of it is explained.")


def submit(lead: Person, review: str, number: int) -> None:
    go(lead, review, f"{number}/")
    lead.press("Submit to the chair")
    lead.press("Submit to the chair", within=main(lead).locator("form"))
    says(lead, "The self-assessment is with the chair.")


def read_what_explains_it(chair: Person, reference: str) -> None:
    arrives(chair, "A self-assessment of {reference} waits for you", reference)
    chair.press("Read them all, with what explains them")
    says(chair, AGAINST, WHY)


def sign(chair: Person, review: str, number: int) -> None:
    go(chair, review, f"{number}/")
    chair.press("Accept and sign")
    chair.choose("I sign this statement")
    chair.write("Your password", sign_in_of("Board chair")[1])
    chair.press("Accept and sign")
    chair.press("See what was signed")
    says(chair, "What was signed, its hash and the record as it stands today agree.")
