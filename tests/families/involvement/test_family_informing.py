"""Whether the family knows, and the date by which it should, which the record itself meets."""

from datetime import timedelta

import pytest

from families.involvement.models import Waiver
from families.involvement.operations import waiving
from families.involvement.operations.informing import CLOCK
from families.involvement.queries import informing
from reviews.case.operations import deadlines
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from tests.families.involvement.taking import decide, tell


@pytest.fixture
def review(review):
    Waiver.objects.all().delete()
    return review


def clock_of(review):
    return review.deadlines.get(key=CLOCK)


def test_the_date_runs_from_the_decision(review):
    row = clock_of(review)
    assert not row.statutory and row.met_on is None
    assert row.due_on > review.decided_on


@pytest.mark.parametrize(
    "said", [{"answer": "no_answer"}, {"state": "planned"}, {"phase": "contributing"}]
)
def test_what_does_not_tell_anybody(said, cast, review, family):
    tell(family.mother, cast, **said)
    assert informing.told(review) == {}


@pytest.mark.parametrize("answer", ["waiting", "took_part", "accepted", "later", "declined"])
def test_whatever_they_answered_they_were_told(answer, cast, review, family):
    on = tell(family.mother, cast, answer=answer)
    assert informing.told(review) == {family.mother.pk: on}


def test_the_date_is_met_when_the_last_one_invited_was_told(cast, review, family):
    decide(family.mother, cast.liaison)
    decide(family.father, cast.liaison, "2")
    tell(family.mother, cast, ago=5)
    assert clock_of(review).met_on is None
    assert [person.pseudonym for person in informing.untold(review).people] == ["Father"]
    on = tell(family.father, cast, ago=3)
    tell(family.father, cast)
    row = clock_of(review)
    assert (row.met_on, row.met_by) == (on, cast.liaison)
    assert not informing.untold(review)
    assert AuditEvent.objects.filter(kind="deadline_met").count() == 1


def test_somebody_newly_invited_takes_it_back(cast, review, family):
    decide(family.mother, cast.liaison)
    tell(family.mother, cast)
    decide(family.grandmother, cast.liaison, "2")
    row = clock_of(review)
    assert (row.met_on, row.met_by) == (None, None)
    assert AuditEvent.objects.filter(kind="deadline_unmet").count() == 1
    decide(family.grandmother, cast.liaison, "3", choice="not_invited", why="own_wish")
    assert clock_of(review).met_on


def test_what_was_recorded_by_hand_stays(cast, review, family):
    deadlines.meet(deadline=clock_of(review), on=clock.today(), by=cast.unit)
    decide(family.mother, cast.liaison)
    tell(family.mother, cast, ago=4)
    assert clock_of(review).met_on == clock.today()
    deadlines.take_back_met(deadline=clock_of(review), by=cast.unit)
    tell(family.mother, cast)
    assert clock_of(review).met_on == clock.today() - timedelta(4)


def test_what_the_record_shows_is_kept_when_dates_are_worked_out_anew(cast, review, family):
    decide(family.mother, cast.liaison)
    on = tell(family.mother, cast, ago=2)
    deadlines.recalculate(review=review)
    assert clock_of(review).met_on == on


def test_where_nobody_is_invited_somebody_is_to_know(cast, review, family):
    assert informing.untold(review).nobody
    tell(family.mother, cast)
    assert not informing.untold(review)


def test_what_the_chair_waives_is_not_wanted(cast, review, family):
    decide(family.mother, cast.liaison)
    decide(family.father, cast.liaison, "2")
    about = {"review": review, "about": "informing", "reason": "The police ask", "by": cast.chair}
    waiving.waive(person=family.mother, **about)
    assert informing.untold(review).people == [family.father]
    waiving.waive(**about)
    assert not informing.untold(review)
    assert clock_of(review).met_on is None
