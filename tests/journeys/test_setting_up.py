"""A review is set up: referred, decided, briefed, commissioned and begun, by everybody concerned.

One story in three parts. Each part begins where the one before has left the case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
pytestmark = pytest.mark.timeout(600, func_only=True)


@dataclass
class Case:
    """``part`` is the last part of the story that went well."""

    review: str = ""
    reference: str = ""
    part: int = 0


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


@pytest.fixture
def after(case: Case) -> Iterator[Callable[[int], Case]]:
    """The case as that part left it."""

    def found(part: int) -> Case:
        if case.part < part:
            pytest.skip(f"part {part} of the story has not been told")
        return case

    yield found


def test_a_case_is_referred_by_link_and_agencies_are_asked(
    person: Callable[..., Person], portal: Portal, case: Case
) -> None:
    unit, member = person("Business unit"), person("Board member")
    link = referring.send_the_link(unit, portal)
    referring.begin(person(), link)
    professional = person()
    number = referring.come_back_and_send(professional, link)
    referring.find_the_link_used(professional, link)
    case.review, case.reference = referring.open_the_review(unit, number)

    unit.press("Records are kept")
    asking.ask(unit, "Ask agencies to keep their records")
    asking.ask(unit, "Ask agencies what they know")
    do(member, "Confirm that your agency keeps its records", case.reference)
    asking.confirm(member)
    do(member, "Answer what your agency is asked", case.reference)
    asking.answer(member, "Named doctor")
    notice, form = asking.links(portal, asking.POLICE)
    police = person()
    police.goto(notice)
    asking.confirm(police)
    police.goto(form)
    asking.answer(police, "Detective inspector")

    asking.let_time_pass(portal, case.review, asking.HOUSING)
    asking.chased(unit, portal, case.reference)
    asking.give_up(unit)
    case.part = 1


def test_the_chair_decides_otherwise_and_members_are_briefed(
    person: Callable[..., Person], after: Callable[[int], Case], tmp_path: Path
) -> None:
    case = after(1)
    who = ("Business unit", "Board chair", "Board member")
    unit, chair, member = (person(each) for each in who)
    deciding.hold_the_meeting(unit, case.review)
    deciding.recommend(unit)
    deciding.draft(unit, case.review)
    deciding.sign(chair, case.reference)
    deciding.look_at_the_record(unit, case.review, tmp_path)

    briefing.draft(unit, case.review)
    briefing.issue(chair, case.reference)
    briefing.acknowledge(member, case.reference)
    briefing.see_who_has_read(unit, case.review)
    case.part = 2


def test_it_is_commissioned_and_the_work_begins(
    person: Callable[..., Person], after: Callable[[int], Case], tmp_path: Path
) -> None:
    case = after(2)
    who = ("Business unit", "Board chair", "Board member", "Lead reviewer")
    unit, chair, member, lead = (person(each) for each in who)
    starting.begin_commissioning(unit, case.review)
    reviewers.refuse_who_is_tied(unit, case.review)
    reviewers.engage_who_is_independent(unit, case.review)
    reviewers.hear_of_it(lead, case.reference)

    terms.begin(unit, case.review)
    terms.first_round(unit, member, lead, case.review, case.reference)
    terms.second_round(unit, member, lead, case.review, case.reference)
    terms.find_and_mend_the_gap(unit, case.review)
    terms.sign(chair, case.reference)
    terms.look_at_the_files(lead, case.review, tmp_path)

    starting.write_the_purpose(unit, case.review)
    starting.agree(chair, case.reference)
    starting.tell(unit, case.review)
    starting.begin_the_work(unit, case.review)
