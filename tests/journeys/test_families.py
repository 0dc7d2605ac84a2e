"""A family takes part in a review, from the register to what its words did; as all concerned.

A mother who needs an interpreter, a father under investigation, a sister of 15, and a grandmother
of whom nobody thought.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.browsing import Person
from tests.journeys.families import (
    afterwards,
    contacts,
    contributions,
    deciding,
    letters,
    looking_back,
    register,
    safety,
)
from tests.journeys.families.pages import CHILD
from tests.journeys.portal import Portal
from tests.journeys.test_pages import review_of

# Of the story alone: how long the portal takes to come up is no fault of it.
pytestmark = pytest.mark.timeout(1800, func_only=True)


def test_from_the_register_to_what_the_words_of_a_family_did(
    person: Callable[..., Person], portal: Portal, tmp_path: Path
) -> None:
    who = ("Business unit", "Board chair", "Lead reviewer", "Family liaison", "Panel member")
    unit, chair, lead, liaison, panel = (person(each) for each in who)
    walk(portal, "commission()")
    review = review_of(unit, CHILD)
    unit.goto(review)
    reference = unit.page.locator(".portal-identity").inner_text().split()[0]
    enter_the_family(unit, chair, lead, review)
    keep_them_safe(unit, liaison, review)
    write_to_the_mother(unit, liaison, review, tmp_path)
    begin_the_work(unit, chair, liaison, review)
    stay_in_touch(liaison, lead, review)
    listen(unit, lead, liaison, panel, review, reference, tmp_path)
    sign_off(unit, lead, liaison, review)
    walk(portal, "move('responding', 'publication')")
    publish(chair, liaison, review)
    hear_how_it_was(liaison, person(**afterwards.TELEPHONE_ONLY), review, reference)
    looking_back.find_the_evidence(lead, review)
    looking_back.look_at_the_figures(unit)


def walk(portal: Portal, step: str) -> None:
    """``step``: a call of what stands in walking.py."""
    where = "from tests.journeys.families import walking"
    portal.manage("shell", "--verbosity", "0", "--command", f"{where}; walking.{step}")


def enter_the_family(unit: Person, chair: Person, lead: Person, review: str) -> None:
    """The grandmother comes in when the register asks for her, not before."""
    register.enter(unit, review)
    register.look_at_the_network(unit, review)
    deciding.find_out_who_is_missing(unit, review)
    deciding.decide_on_those_at_home(unit, review)
    deciding.put_the_father_off(unit, review)
    deciding.leave_the_child_out(unit, review)
    deciding.disagree(lead, review)
    deciding.find_the_way_blocked(chair, review)
    register.add_the_grandmother(unit, review)
    deciding.decide_on_the_grandmother(unit, review)


def keep_them_safe(unit: Person, liaison: Person, review: str) -> None:
    deciding.record_the_proceedings(liaison, review)
    safety.keep_apart(liaison, review)
    safety.write_instructions(liaison, review)
    safety.refuse_a_meeting_of_both(unit, liaison, review)
    deciding.arrange_an_interpreter(liaison, review)


def write_to_the_mother(unit: Person, liaison: Person, review: str, folder: Path) -> None:
    letters.load_a_translation(unit, review)
    letters.find_what_shuts_her_out(liaison, review)
    letters.hand_it_over(liaison, review, folder)


def begin_the_work(unit: Person, chair: Person, liaison: Person, review: str) -> None:
    contacts.tell_of_the_review(liaison, review)
    deciding.waive(chair, review)
    deciding.begin_the_work(unit, review)


def stay_in_touch(liaison: Person, lead: Person, review: str) -> None:
    contacts.ask_the_grandmother(liaison, review)
    contacts.go_on_without_the_officer(liaison, review)
    deciding.consult(liaison, review, "No contact for now")
    contacts.refuse_the_father(liaison, review, contacts.NOT_NOW_SAYS_THE_OFFICER)
    deciding.consult(liaison, review, "Contact may go on")
    contacts.talk_with_the_father(liaison, review)
    contacts.keep_a_promise(liaison, review)
    contacts.answer_a_question(liaison, review)
    contacts.ask_of_the_terms(liaison, review)
    contacts.weigh(lead, review)
    contacts.tell_what_became_of_it(liaison, review)
    contacts.be_reminded(liaison, review)


def listen(
    unit: Person,
    lead: Person,
    liaison: Person,
    panel: Person,
    review: str,
    reference: str,
    folder: Path,
) -> None:
    contributions.listen(liaison, lead, review)
    contributions.put_side_by_side(liaison, review)
    contributions.name_the_panel_member(liaison, panel, review, reference)
    contributions.see_one_and_no_more(panel, liaison, lead, review, folder)
    contributions.keep_the_history_from_the_unit(unit, review)


def sign_off(unit: Person, lead: Person, liaison: Person, review: str) -> None:
    contributions.find_the_report_blocked(unit, lead, review)
    contributions.have_them_checked(liaison, lead, review)
    contributions.say_what_became_of_it(lead, review)
    contributions.put_to_sign_off(lead, review)


def publish(chair: Person, liaison: Person, review: str) -> None:
    afterwards.find_the_report_unseen(chair, review)
    afterwards.show_the_report(liaison, review)
    afterwards.waive_for_the_sister(chair, review)
    afterwards.publish(chair, review)


def hear_how_it_was(liaison: Person, mother: Person, review: str, reference: str) -> None:
    """``mother`` has no account, and a telephone."""
    afterwards.tell_what_was_learned(liaison, review)
    link = afterwards.ask_the_mother(liaison, review)
    afterwards.begin_and_leave(mother, link)
    afterwards.come_back_and_send(mother, link)
    afterwards.read_the_answers(liaison, reference)
