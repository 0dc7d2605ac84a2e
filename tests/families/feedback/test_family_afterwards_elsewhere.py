"""What this room tells others: what stops publication, what waits, and what is evidence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.feedback import contributions, queries
from families.involvement.models import Phase
from families.involvement.operations import contacts, refusals, waiving
from reviews.case.evidence import evidence
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Review
from reviews.case.operations.lifecycle import advance
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.families.conftest import a_person
from tests.families.feedback.afterwards import ANSWERS, asked, invite, told

PUBLISH = LIFECYCLE.find(Stage.PUBLICATION, Stage.IMPLEMENTING)


def reasons(review, by):
    return [str(each) for each in contributions.blockers(PUBLISH, review, by)]


def needs(user):
    return [str(need.text) for need in contributions.worklist(user)]


@pytest.fixture
def ready(cast):
    """A review about to be published, with a mother and a father who are invited."""
    review = builders.review_at(Stage.PUBLICATION, cast)
    cast.on(review)
    return review


@pytest.fixture
def parents(ready, cast):
    found = a_person(ready, cast), a_person(ready, cast, "Father", relationship="father")
    invite(cast, *found)
    return found


def test_nothing_is_published_that_the_family_has_not_seen(cast, ready, parents):
    mother, father = parents
    words = "%s has not seen the report, and was not offered to."
    assert reasons(ready, cast.chair) == [words % "Mother", words % "Father"]
    with pytest.raises(Refused, match="Mother has not seen the report"):
        advance(review=ready, to=Stage.IMPLEMENTING, by=cast.chair)
    told(cast, mother, about="report")
    told(cast, father, about="learning")
    assert reasons(ready, cast.chair) == [words % "Father"]
    contacts.make(
        review=ready,
        people=[father],
        phase=Phase.REPORT,
        how="visit",
        on=clock.today(),
        by_whom="Fatima Begum",
        token="visit",
        by=cast.liaison,
    )
    assert not reasons(ready, cast.chair)


def test_who_said_no_who_died_and_who_is_not_invited_stop_nothing(cast, ready, parents):
    mother, father = parents
    refusals.refuse(
        person=mother, said_on=clock.today(), not_asked_from=clock.today(), by=cast.liaison
    )
    invite(cast, father, choice="not_invited")
    aunt = a_person(ready, cast, "Aunt", life="died")
    invite(cast, aunt)
    assert not reasons(ready, cast.chair)


def test_the_chair_waives_it_for_one_or_for_all(cast, ready, parents):
    mother, _father = parents
    one = waiving.waive(
        review=ready, about="report", person=mother, reason="Abroad.", by=cast.chair
    )
    assert len(reasons(ready, cast.chair)) == 1
    waiving.end_waiver(waiver=one, by=cast.chair)
    assert len(reasons(ready, cast.chair)) == 2
    waiving.waive(review=ready, about="report", reason="By court order.", by=cast.chair)
    assert not reasons(ready, cast.chair)


def test_no_other_move_is_stopped_and_no_pseudonym_told_to_who_sees_no_family(cast, ready, parents):
    others = [move for move in LIFECYCLE if move is not PUBLISH]
    assert not [each for move in others for each in contributions.blockers(move, ready, cast.chair)]
    [reason] = contributions.blockers(PUBLISH, ready, cast.panel)
    assert "Mother" not in str(reason) and not reason.url


def test_the_way_to_put_it_right_is_one_that_the_reader_may_go(cast, ready, parents, sign_in):
    for who in ("unit", "chair", "lead", "liaison"):
        for reason in contributions.blockers(PUBLISH, ready, cast.people[who]):
            assert sign_in(cast.people[who]).get(reason.url).status_code == 200


def test_after_publication_the_family_is_told_and_asked(cast, ready, parents):
    told(cast, *parents, about="report")
    assert not needs(cast.liaison)
    advance(review=ready, to=Stage.IMPLEMENTING, by=cast.chair)
    learned, asking = "Tell the family what was learned", "Ask the family how it was to take part"
    for who in ("liaison", "unit", "lead"):
        assert needs(cast.people[who]) == [learned, asking]
    for who in ("chair", "panel", "auditor", "outsider"):
        assert not needs(cast.people[who])
    [need, _] = contributions.worklist(cast.liaison)
    assert need.due == Review.objects.get(pk=ready.pk).published_on + timedelta(days=28)
    told(cast, *parents)
    assert needs(cast.liaison) == [asking]
    for person in parents:
        asked(cast, person, "paper")
    assert not needs(cast.liaison)


def test_the_worklist_costs_the_same_however_many_people(cast, ready, parents):
    told(cast, *parents, about="report")
    advance(review=ready, to=Stage.IMPLEMENTING, by=cast.chair)
    costs = []
    for number in (1, 10):
        while ready.family.count() < number:
            invite(cast, a_person(ready, cast, f"Person {ready.family.count()}"))
        with CaptureQueriesContext(connection) as caught:
            contributions.worklist(cast.liaison)
        costs.append(len(caught))
    assert len(set(costs)) == 1, costs


def facts(review, user):
    review = Review.objects.get(pk=review.pk)
    return [str(each.text) for each in contributions.evidence(review, user, 12)]


def test_evidence_says_who_saw_the_report_and_the_gap_too(cast, ready, parents):
    nothing = "No record that the family saw the report before publication, or was offered to"
    assert facts(ready, cast.unit) == [nothing]
    told(cast, parents[0], about="report")
    start = "1 of 2 invited people saw the report before publication, or were offered to"
    assert facts(ready, cast.unit) == [start]
    assert not facts(ready, cast.panel)
    assert start in [str(each.text) for each in evidence(ready, cast.auditor, 12)]


def test_a_call_that_nobody_answered_showed_nobody_the_report(cast, ready, parents):
    mother, father = parents
    told(cast, father, about="report")
    contacts.make(
        review=ready,
        people=[mother],
        phase=Phase.REPORT,
        how="telephone",
        on=clock.today(),
        by_whom="The liaison",
        answers={mother.pk: ("no_answer", "")},
        token="rang",
        by=cast.liaison,
    )
    assert reasons(ready, cast.chair) == ["Mother has not seen the report, and was not offered to."]


def test_who_was_shown_the_published_report_did_not_see_it_before(cast, ready, parents):
    Review.objects.filter(pk=ready.pk).update(published_on=clock.today() - timedelta(days=1))
    told(cast, parents[0], about="report")
    assert facts(ready, cast.unit)[0].startswith("No record that the family saw the report")


def test_who_has_a_form_on_paper_may_be_asked_by_a_link_after_all(cast, ready, parents):
    asked(cast, parents[0], "paper")
    [mother, _father] = [row for row in queries.afterwards(ready, cast.liaison) if row.is_invited]
    assert mother.evaluation.state == "paper" and mother.may_be_asked


def test_the_persons_page_and_the_phases_say_what_was_told(cast, ready, parents):
    mother, _father = parents
    told(cast, mother, about="report")
    row = asked(cast, mother, "paper")
    from families.feedback.operations import evaluating

    evaluating.write_down(evaluation=row, answers=ANSWERS, by=cast.liaison)
    [panel] = contributions.about_person(mother, cast.liaison)
    assert "The report, before it was published" in panel.lines[0]
    assert "how it was to take part" in panel.lines[1]
    assert not contributions.about_person(mother, cast.panel)
    facts = contributions.family_phases(ready, cast.liaison)
    assert [(fact.person_id, fact.phase) for fact in facts] == [
        (mother.pk, Phase.REPORT),
        (mother.pk, Phase.LEARNING),
    ]
    assert not contributions.family_phases(ready, cast.panel)
