"""What taking part tells the rooms below: blockers, steps, the work list, evidence, the history."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.involvement.contributions import deciding_evidence, deciding_panels
from families.involvement.contributions import taking_part as contributions
from families.involvement.models import Waiver
from families.involvement.operations import deciding, proceedings, safety, support, waiving
from families.involvement.operations.informing import CLOCK
from families.letters.operations import sending
from families.people.operations.people import add_person
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.case.operations.lifecycle import advance
from reviews.case.queries import history_for
from reviews.permissions import Permission, Role
from scr_portal.core import clock
from tests import builders
from tests.families.conftest import a_person
from tests.families.involvement.taking import decide, tell
from tests.families.letters.writing import sent

MOVE = LIFECYCLE.find(Stage.COMMISSIONING, Stage.UNDER_WAY)


@pytest.fixture
def begun(cast) -> Review:
    """Being commissioned, with a mother, and the child who is a person of the register as well."""
    review = builders.review_at(Stage.COMMISSIONING, cast)
    cast.on(review)
    a_person(review, cast)
    return review


def against(review, by):
    return [str(reason) for reason in contributions.blockers(MOVE, review, by)]


def settle(review, cast):
    """Everybody decided with a reason, nobody overlooked, the mother told."""
    for number, person in enumerate(review.family.all()):
        invited = person.relationship == "mother"
        said = {} if invited else {"choice": "not_invited", "why": "other"}
        decide(person, cast.liaison, f"settle-{number}", **said)
        if invited:
            tell(person, cast)
    for group in ("grandparents", "children"):
        deciding.note_group(
            review=review, group=group, words="Asked.", token=group, by=cast.liaison
        )


def test_the_work_waits_until_the_family_is_considered_and_told(cast, begun):
    builders.tell_purpose(begun, cast)
    found = against(begun, cast.unit)
    assert len(found) == 4
    assert "Mother" in found[0] and "grandparents" in found[1] and "brothers" in found[2]
    assert found[3] == "Nobody of the family has been told of the review."
    mother = begun.family.get(pseudonym="Mother")
    decide(mother, cast.liaison)
    assert "Invited, but not told of the review yet: Mother." in against(begun, cast.unit)
    settle(begun, cast)
    assert against(begun, cast.unit) == []
    assert advance(review=begun, to=Stage.UNDER_WAY, by=cast.unit).stage == Stage.UNDER_WAY


def test_the_chair_may_waive_both(cast, begun):
    for about, left in (("deciding", 1), ("informing", 0)):
        waiving.waive(review=begun, about=about, reason="They ask to wait", by=cast.chair)
        assert len(against(begun, cast.unit)) == left
    waiving.end_waiver(waiver=Waiver.objects.get(about="deciding"), by=cast.chair)
    assert len(against(begun, cast.unit)) == 3


def test_a_person_may_be_excused_alone(cast, begun):
    for person in begun.family.all():
        waiving.waive(review=begun, about="deciding", person=person, reason="x", by=cast.chair)
    assert not any("Not decided" in text for text in against(begun, cast.unit))
    (need,) = contributions.worklist(cast.liaison)
    assert str(need.text).startswith("Look for relatives who may be overlooked")


def test_who_has_died_needs_no_decision(cast, begun):
    add_person(
        review=begun,
        by=cast.liaison,
        pseudonym="Grandfather",
        relationship="grandparent",
        life="died",
    )
    found = " ".join(against(begun, cast.unit))
    assert "Grandfather" not in found and "grandparents" not in found


def test_a_long_list_is_cut_short(cast, begun):
    for number in range(5):
        a_person(begun, cast, f"Friend {number}", relationship="friend")
    [text] = [text for text in against(begun, cast.unit) if "Not decided" in text]
    assert text.count("Friend") < 3 and "more" in text


def test_who_may_not_see_the_family_reads_of_nobody(cast, begun):
    [text] = against(begun, cast.panel)
    assert "Mother" not in text
    settle(begun, cast)
    assert against(begun, cast.panel) == []
    assert contributions.steps(begun, cast.panel) == []
    assert contributions.rooms(begun, cast.panel) == []
    assert contributions.family_phases(begun, cast.panel) == []
    assert deciding_evidence.evidence(begun, cast.panel, 12) == []
    assert deciding_panels.about_person(begun.family.first(), cast.panel) == []
    assert contributions.worklist(cast.panel) == []


def test_other_moves_ask_nothing(cast, begun):
    back = LIFECYCLE.find(Stage.DRAFTING, Stage.UNDER_WAY)
    assert contributions.blockers(back, begun, cast.unit) == []
    closing = LIFECYCLE.find(Stage.IMPLEMENTING, Stage.CLOSED)
    assert contributions.blockers(closing, begun, cast.unit) == []


def test_the_steps_say_how_far_it_has_come(cast, begun):
    def how():
        return [step.how.value for step in contributions.steps(begun, cast.liaison)]

    assert how() == ["to_do", "to_do"]
    decide(begun.family.get(pseudonym="Mother"), cast.liaison)
    assert how() == ["begun", "to_do"]
    settle(begun, cast)
    assert how() == ["done", "done"]


def test_the_work_list_asks_to_decide_by_the_day_the_family_is_to_know(cast, begun):
    [need] = contributions.worklist(cast.liaison)
    assert need.due == begun.deadlines.get(key=CLOCK).due_on
    for who in ("unit", "lead"):
        assert len(contributions.worklist(cast.people[who])) == 1
    for who in ("chair", "auditor", "observer", "stranger"):
        assert contributions.worklist(cast.people[who]) == []
    settle(begun, cast)
    assert contributions.worklist(cast.liaison) == []


def test_the_work_list_asks_to_look_again(cast, review, family, monkeypatch):
    day = clock.today() + timedelta(days=1)
    decide(family.father, cast.liaison, choice="later", why="health", look_again_on=day)
    assert contributions.worklist(cast.liaison) == []
    monkeypatch.setattr(clock, "today", lambda: day)
    for who in (Role.UNIT, Role.LEAD, Role.LIAISON):
        [need] = contributions.worklist(cast.people[who])
        assert "Father" in need.text and need.due == day
    assert contributions.worklist(cast.chair) == []
    decide(family.father, cast.liaison, "2")
    assert contributions.worklist(cast.liaison) == []


def test_the_work_list_costs_the_same_for_many(cast, review):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as found:
            contributions.worklist(cast.liaison)
        return len(found)

    past = {"choice": "later", "why": "health", "look_again_on": clock.today()}
    costs = []
    for number in (1, 10):
        for n in range(number):
            person = a_person(review, cast, f"Friend {number} {n}", relationship="friend")
            day = clock.today() - timedelta(3)
            decide(person, cast.liaison, f"{number}-{n}", decided_on=day, **past)
        costs.append(cost())
    assert len(set(costs)) == 1


def test_evidence_for_each_question_and_for_its_gaps(cast, begun):
    def said(marker):
        rows = deciding_evidence.evidence(begun, cast.unit, marker)
        assert all(row.text and row.url for row in rows)
        return {row.question: str(row.text) for row in rows}, " / ".join(str(r.text) for r in rows)

    assert set(said(4)[0]) == {"4.1"} and "Nobody of the family" in said(4)[1]
    gaps, words = said(12)
    assert set(gaps) == {"12.1", "12.2", "12.3", "12.8"}
    assert "Nobody is invited yet" in words and "No support" in words
    settle(begun, cast)
    support.add_support(person=begun.family.first(), kind="travel", by=cast.liaison)
    assert "Mother was told of the review on" in said(4)[1] and "Met on" in said(4)[1]
    words = said(12)[1]
    assert "Mother is invited, with the reason" in words
    assert "Another reason" in words and "Travel, to be agreed" in words
    assert "by The review team" in words
    assert deciding_evidence.evidence(begun, cast.unit, 5) == []


def test_the_page_of_a_person_says_what_matters(cast, review, family):
    def lines(person):
        [panel] = deciding_panels.about_person(person, cast.unit)
        return " / ".join(map(str, panel.lines)) or str(panel.nothing)

    assert lines(family.father) == "Not considered yet"
    decide(family.father, cast.liaison)
    proceedings.add_standing(person=family.father, kind="criminal", part="suspect", by=cast.liaison)
    safety.keep_safety(
        person=family.father, version=1, by=cast.unit, no_letters=True, safe_times="Mornings"
    )
    support.add_support(person=family.father, kind="travel", by=cast.liaison)
    said = lines(family.father)
    for words in ("Invited", "no investigating officer", "Never write", "1 support"):
        assert words in said


def test_a_waiver_for_a_person_stands_in_the_table(cast, review, family):
    waiving.waive(review=review, about="report", person=family.mother, reason="Wish", by=cast.chair)
    [fact] = contributions.family_phases(review, cast.liaison)
    assert (fact.person_id, fact.phase) == (family.mother.pk, "report")


def test_the_history_of_who_does_not_see_the_register_is_without_the_family(cast, review, family):
    decide(family.mother, cast.liaison)
    of_family = Q(kind__startswith="family_") | Q(kind__startswith="person_")
    assert history_for(review, cast.unit).filter(of_family).exists()
    assert not history_for(review, cast.panel).filter(of_family).exists()


def test_a_history_that_was_opened_by_name_tells_of_no_letter(cast, review, family):
    letter = sent(cast, review, person=family.mother)
    sending.downloaded(letter=letter, kind="pdf", by=cast.liaison)
    people.grant(
        review=review,
        user=cast.panel,
        permission=Permission.READ_HISTORY,
        reason="To follow the stages",
        by=cast.chair,
        ends=None,
    )
    panel = type(cast.panel).objects.get(pk=cast.panel.pk)
    said = " ".join(history_for(review, panel).values_list("target_label", flat=True))
    assert "Mother" not in said and "letter" not in said.casefold()


def test_the_room_is_in_the_navigation(cast, review):
    [room] = contributions.rooms(review, cast.auditor)
    assert room["url"] == reverse("families:involvement", args=[review.pk])


def test_the_work_list_asks_to_look_for_who_is_overlooked(cast, begun):
    for number, person in enumerate(begun.family.all()):
        decide(person, cast.liaison, f"only-{number}")
    [need] = contributions.worklist(cast.liaison)
    assert "may be overlooked" in need.text
    settle(begun, cast)
    assert contributions.worklist(cast.liaison) == []


def test_evidence_of_a_decision_leaves_the_day_to_its_column(cast, begun):
    decide(begun.family.get(relationship="mother"), cast.liaison)
    rows = deciding_evidence.evidence(begun, cast.unit, 12)
    assert "Mother is invited, with the reason" in [row.text for row in rows]
