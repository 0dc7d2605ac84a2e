"""A review is set up: referred, decided, briefed, commissioned, begun; by all concerned."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.browsing import Person
from tests.journeys.inbox import do
from tests.journeys.portal import Portal
from tests.journeys.setting_up import (
    asking,
    briefing,
    deciding,
    referring,
    reviewers,
    starting,
    terms,
)

# Of the story alone: how long the portal takes to come up is no fault of it.
pytestmark = pytest.mark.timeout(900, func_only=True)


def test_from_a_link_in_an_email_to_the_first_day_of_the_work(
    person: Callable[..., Person], portal: Portal, tmp_path: Path
) -> None:
    who = ("Business unit", "Board chair", "Board member", "Lead reviewer")
    unit, chair, member, lead = (person(each) for each in who)
    review, reference = refer(unit, [person(), person()], portal)
    ask_agencies(unit, member, person(), portal, review, reference)
    decide(unit, chair, review, reference, tmp_path)
    brief(unit, chair, member, review, reference)
    starting.begin_commissioning(unit, review)
    find_a_reviewer(unit, lead, review, reference)
    commission(unit, chair, [member, lead], review, reference)
    terms.look_at_the_files(lead, review, tmp_path)
    begin(unit, chair, review, reference)


def refer(unit: Person, professional: list[Person], portal: Portal) -> tuple[str, str]:
    """The professional has two browsers: in one they begin, in the other they go on."""
    link = referring.send_the_link(unit, portal)
    referring.begin(professional[0], link)
    number = referring.come_back_and_send(professional[1], link)
    referring.find_the_link_used(professional[1], link)
    return referring.open_the_review(unit, number)


def ask_agencies(
    unit: Person, member: Person, police: Person, portal: Portal, review: str, reference: str
) -> None:
    """One answers here, one by a link, and one is late, chased and given up with a reason."""
    unit.press("Records are kept")
    asking.ask(unit, "Ask agencies to keep their records")
    asking.ask(unit, "Ask agencies what they know")
    do(member, "Confirm that your agency keeps its records", reference)
    asking.confirm(member)
    do(member, "Answer what your agency is asked", reference)
    asking.answer(member, "Named doctor")
    notice, form = asking.links(portal, asking.POLICE)
    police.goto(notice)
    asking.confirm(police)
    police.goto(form)
    asking.answer(police, "Detective inspector")
    asking.let_time_pass(portal, review, asking.HOUSING)
    asking.chased(unit, portal, reference)
    asking.give_up(unit)


def decide(unit: Person, chair: Person, review: str, reference: str, folder: Path) -> None:
    deciding.hold_the_meeting(unit, review)
    deciding.recommend(unit)
    deciding.draft(unit, review)
    deciding.sign(chair, reference)
    deciding.look_at_the_record(unit, review, folder)


def brief(unit: Person, chair: Person, member: Person, review: str, reference: str) -> None:
    briefing.draft(unit, review)
    briefing.issue(chair, reference)
    briefing.acknowledge(member, reference)
    briefing.see_who_has_read(unit, review)


def find_a_reviewer(unit: Person, lead: Person, review: str, reference: str) -> None:
    reviewers.refuse_who_is_tied(unit, review)
    reviewers.engage_who_is_independent(unit, review)
    reviewers.hear_of_it(lead, reference)


def commission(
    unit: Person, chair: Person, asked: list[Person], review: str, reference: str
) -> None:
    """``asked`` are a board member and the lead reviewer, in that order."""
    terms.begin(unit, review)
    terms.first_round(unit, *asked, review, reference)
    terms.second_round(unit, *asked, review, reference)
    terms.find_and_mend_the_gap(unit, review)
    terms.sign(chair, reference)


def begin(unit: Person, chair: Person, review: str, reference: str) -> None:
    starting.write_the_purpose(unit, review)
    starting.agree(chair, reference)
    starting.tell(unit, review)
    starting.excuse_the_family(chair, review)
    starting.begin_the_work(unit, review)
