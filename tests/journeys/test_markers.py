"""A review looked at through the markers: at its start, on the way by three, and looking back.

What people say to each other beside it, on paper and in files that are handed round goes with it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.browsing import Person
from tests.journeys.markers import clarity, looking_back, offline, progressive, taking, talking
from tests.journeys.markers.pages import CHILD
from tests.journeys.portal import Portal
from tests.journeys.test_pages import review_of

# Of the story alone: how long the portal takes to come up is no fault of it.
pytestmark = pytest.mark.timeout(1800, func_only=True)


def test_from_clarity_at_the_start_to_what_is_handed_round_at_the_end(
    person: Callable[..., Person], portal: Portal, tmp_path: Path
) -> None:
    who = ("Board chair", "Lead reviewer", "Family liaison", "Panel member")
    chair, lead, liaison, panel = (person(each) for each in who)
    walk(portal, "commission()")
    review = review_of(lead, CHILD)
    lead.goto(review)
    reference = lead.page.locator(".portal-identity").inner_text().split()[0]
    be_clear(lead, chair, review, reference)
    walk(portal, "move('under_way')")
    work_together(lead, liaison, panel, review, reference)
    talk(lead, liaison, panel, review, reference)
    answer_on_a_train(lead, panel, review, tmp_path)
    walk(portal, "move('drafting', 'sign_off', 'responding', 'publication', 'implementing')")
    look_back(lead, chair, review)
    hand_round(lead, review, tmp_path, portal)


def walk(portal: Portal, step: str) -> None:
    """``step``: a call of what stands in walking.py."""
    where = "from tests.journeys.markers import walking"
    portal.manage("shell", "--verbosity", "0", "--command", f"{where}; walking.{step}")


def be_clear(lead: Person, chair: Person, review: str, reference: str) -> None:
    clarity.fill_in(lead, review)
    clarity.explain(lead, review)
    clarity.submit(lead, review, 1)
    clarity.read_what_explains_it(chair, reference)
    clarity.sign(chair, review, 1)


def work_together(
    lead: Person, liaison: Person, panel: Person, review: str, reference: str
) -> None:
    progressive.plan(lead, review)
    progressive.take_up(lead, reference)
    progressive.assign(lead, review)
    progressive.find_what_is_assigned(panel, reference)
    progressive.fill_in_at_once(lead, liaison, panel, review)
    progressive.find_everything(lead, review)


def talk(lead: Person, liaison: Person, panel: Person, review: str, reference: str) -> None:
    talking.ask_the_panel(lead, panel, liaison, review, reference)
    talking.answer_the_lead(panel, reference)
    talking.ask_the_liaison(lead, review)
    talking.answer_from_the_inbox(liaison, reference)
    talking.resolve(lead, review)


def answer_on_a_train(lead: Person, panel: Person, review: str, folder: Path) -> None:
    file = offline.hand_out(lead, review, folder)
    texts = {"5.1": offline.TOLD_TWICE, "5.2": offline.STAFF, "5.3": offline.TRIAL}
    back = offline.write_into(file, texts)
    offline.change_meanwhile(panel, review)
    offline.be_refused(lead, review, offline.reword(back))
    offline.bring_back(lead, review, back)
    offline.settle(lead)
    offline.find_it_taken(lead, review)


def look_back(lead: Person, chair: Person, review: str) -> None:
    looking_back.fill_in(lead, review)
    looking_back.note_an_improvement(lead, review)
    looking_back.compare(lead, review)
    looking_back.find_what_was_never_taken_up(lead, review)
    clarity.submit(lead, review, 3)
    looking_back.read_what_is_not_explained(chair, review)
    clarity.sign(chair, review, 3)


def hand_round(lead: Person, review: str, folder: Path, portal: Portal) -> None:
    taking.as_pdf(lead, review, folder, portal.book)
    taking.as_word(lead, review, folder)
    taking.as_excel(lead, review, folder)
    taking.as_csv(lead, review, folder, portal.book)
