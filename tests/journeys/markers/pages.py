"""What every step does: find a question, say something to it, and know that it is saved."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs

from playwright.sync_api import Locator, Response, expect

from tests.journeys.browsing import Person
from tests.journeys.families.pages import main

CHILD = "Child Dunlin"
LEAD, LIAISON, PANEL = "Leonard Quill", "Fatima Larkspur", "Paul Netherby"
IN_PLACE, PARTLY = "In place", "Partly in place"


def go(someone: Person, review: str, where: str = "") -> None:
    """``where``: "2/marker/5/" is marker 5 of the second self-assessment."""
    someone.goto(review.replace("/reviews/", "/quality-markers/") + where)


def place(someone: Person, question: str) -> Locator:
    """One question ("5.2") of the page of its marker."""
    return someone.page.locator(f"#q-{question.replace('.', '-')}")


def answer(
    someone: Person, question: str, text: str, judgement: str = "", box: str = "Narrative"
) -> None:
    """Typed and left, and saved when the browser has the portal's word for it."""
    where = place(someone, question)
    if judgement:
        where.get_by_label(judgement, exact=True).check()

    def is_saved(response: Response) -> bool:
        name = "narrative" if box == "Narrative" else "evidence"
        sent = parse_qs(response.request.post_data or "")
        return response.ok and sent.get(name) == [text] and "/answer/" in response.url

    written = where.get_by_label(re.compile(f"^{box}"))
    with someone.page.expect_response(is_saved):
        written.fill(text)
        written.blur()


def open_a_pass(someone: Person, review: str, purpose: str, markers: Iterable[int]) -> None:
    go(someone, review)
    someone.press("Open a self-assessment")
    someone.choose(purpose)
    for box in someone.page.get_by_role("checkbox").all():
        box.uncheck()
    for number in markers:
        someone.page.get_by_role("checkbox", name=re.compile(rf"^{number}\. ")).check()
    someone.press("Open the self-assessment")
    expect(main(someone)).to_contain_text("Being filled in")


def spoken_to(someone: Person, question: str, reference: str) -> Locator:
    """The line of the first page that says that a comment waits there."""
    someone.goto("/")
    lines = someone.page.get_by_role("listitem").filter(has_text=reference)
    return lines.filter(has_text=f"A comment on question {question} of").first
