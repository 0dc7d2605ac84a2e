from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import contributions, operations, queries
from quality_markers.assessments.models import MarkerPlan, Pass
from quality_markers.assessments.queries.working import reached
from reviews.case.lifecycle import Stage
from reviews.case.operations import people
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.quality_markers.assessments.test_passes import told


@pytest.fixture
def marker(catalogue):
    return lambda number: catalogue.markers.get(number=number)


@pytest.fixture
def progressive(review, cast):
    return operations.open_pass(review=review, purpose="progressive", by=cast.lead, markers=[1])


def needs(user):
    return [str(need.text) for need in contributions.worklist(user)]


def test_a_marker_is_planned_and_its_plan_changed(assessment, marker, cast):
    row = operations.plan_marker(
        assessment=assessment,
        marker=marker(12),
        version=0,
        by=cast.lead,
        stage="under_way",
        lead=cast.panel,
        joins=["liaison", "chair"],
    )
    assert (row.stage, row.lead, row.joins) == ("under_way", cast.panel, ["liaison", "chair"])
    assert row.taken_up_at == assessment.opened_at
    changed = operations.plan_marker(
        assessment=assessment, marker=marker(12), version=1, by=cast.unit, on=date(2027, 1, 4)
    )
    assert (changed.version, changed.on, changed.lead) == (2, date(2027, 1, 4), cast.panel)
    events = AuditEvent.objects.filter(kind="pass_planned")
    assert sorted(event.changes["fields"] for event in events) == [
        "at the stage, who leads it, joins",
        "by the day",
    ]


def test_whoever_saw_an_older_plan_is_told(assessment, marker, cast):
    given = {"assessment": assessment, "marker": marker(12), "by": cast.lead}
    operations.plan_marker(**given, version=0, stage="under_way")
    assert operations.plan_marker(**given, version=0, stage="under_way").version == 1
    with pytest.raises(Stale):
        operations.plan_marker(**given, version=0, stage="drafting")
    operations.plan_marker(**given, version=1, stage="drafting")
    with pytest.raises(Stale):
        operations.plan_marker(**given, version=1, stage="closed")


@pytest.mark.parametrize("who", ["chair", "liaison", "panel", "auditor", "outsider"])
def test_only_who_fills_in_the_whole_plans(assessment, marker, cast, who):
    given = {"assessment": assessment, "by": cast.people[who]}
    for act in (
        lambda: operations.plan_marker(**given, marker=marker(12), version=0, stage="drafting"),
        lambda: operations.plan_several(**given, markers=[marker(12)], stage="drafting"),
        lambda: operations.unplan(**given, marker=marker(12)),
        lambda: operations.take_up(**given, marker=marker(12)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_cannot_be_planned_says_why(assessment, progressive, review, marker, cast):
    given = {"assessment": assessment, "by": cast.lead, "version": 0}
    with pytest.raises(Refused, match="Say when"):
        operations.plan_marker(**given, marker=marker(12), note="")
    with pytest.raises(Refused, match="can't fill in marker 1 "):
        operations.plan_marker(**given, marker=marker(1), lead=cast.liaison)
    with pytest.raises(Refused, match="can't fill in"):
        operations.plan_marker(**given, marker=marker(1), lead=cast.chair)
    some = operations.open_pass(review=review, purpose="planning", by=cast.lead, markers=[4])
    with pytest.raises(Refused, match="not part of the self-assessment"):
        operations.plan_marker(**given | {"assessment": some}, marker=marker(12), stage="drafting")
    with pytest.raises(Refused, match="at least one marker"):
        operations.plan_several(assessment=some, markers=[], by=cast.lead, stage="drafting")
    with pytest.raises(Refused, match="Only a progressive"):
        operations.take_up(assessment=some, marker=marker(12), by=cast.lead)


def test_several_are_planned_at_once_and_what_is_empty_stays(assessment, marker, cast):
    operations.plan_marker(
        assessment=assessment, marker=marker(3), version=0, by=cast.lead, note="The chronology"
    )
    operations.plan_several(
        assessment=assessment,
        markers=[marker(3), marker(4)],
        by=cast.lead,
        stage="drafting",
        on=None,
        lead=None,
        joins=[],
    )
    assert sorted(MarkerPlan.objects.values_list("marker__number", "stage", "note")) == [
        (3, "drafting", "The chronology"),
        (4, "drafting", ""),
    ]


def test_whoever_leads_a_marker_has_it_assigned_while_they_lead(assessment, marker, cast):
    given = {"assessment": assessment, "marker": marker(12), "by": cast.lead}
    operations.plan_marker(**given, version=0, lead=cast.panel)
    assert told("pass_assigned") == {"Panel member Invented"}
    operations.plan_marker(**given, version=1, note="With care")
    assert assessment.assignments.count() == 1
    operations.plan_marker(**given, version=2, lead=cast.liaison)
    held = assessment.assignments.order_by("pk").select_related("person")
    assert [(row.person, row.ended_at is None) for row in held] == [
        (cast.panel, False),
        (cast.liaison, True),
    ]


def test_a_progressive_pass_takes_up_markers_as_the_review_reaches_them(
    progressive, marker, review, cast
):
    plan = {"assessment": progressive, "version": 0, "by": cast.lead}
    operations.plan_marker(
        **plan, marker=marker(12), stage="considering", lead=cast.panel, joins=["chair"]
    )
    assert not progressive.assignments.exists()
    assert needs(cast.lead) == ["Fill in self-assessment 1"]
    review.stage = Stage.CONSIDERING
    with_stage = MarkerPlan.objects.get()
    with_stage.review = review
    assert reached(with_stage)
    operations.take_up(assessment=progressive, marker=marker(12), by=cast.lead)
    operations.take_up(assessment=progressive, marker=marker(12), by=cast.lead)
    assert set(progressive.markers.values_list("number", flat=True)) == {1, 12}
    assert MarkerPlan.objects.get().taken_up_at is not None
    assert told("pass_assigned") == {"Panel member Invented"}
    assert told("pass_taken_up") == {"Family liaison Invented", "Board chair Invented"}
    assert AuditEvent.objects.filter(kind="pass_taken_up").count() == 1
    with pytest.raises(Refused, match="Change its plan"):
        operations.unplan(assessment=progressive, marker=marker(12), by=cast.lead)


def test_who_keeps_the_pass_is_reminded_when_the_day_has_come(progressive, marker, cast):
    today = clock.today()
    plan = {"assessment": progressive, "version": 0, "by": cast.lead}
    operations.plan_marker(**plan, marker=marker(3), on=today + timedelta(days=1))
    operations.plan_marker(**plan, marker=marker(4), on=today)
    operations.plan_marker(**plan, marker=marker(5), note="Some day")
    assert "Take up marker 4 in self-assessment 1" in needs(cast.lead)
    assert len(needs(cast.lead)) == 2
    assert needs(cast.unit) == needs(cast.panel) == []
    operations.unplan(assessment=progressive, marker=marker(4), by=cast.lead)
    operations.unplan(assessment=progressive, marker=marker(4), by=cast.lead)
    assert needs(cast.lead) == ["Fill in self-assessment 1"]


def test_a_lead_who_has_left_is_given_nothing(progressive, marker, review, cast):
    operations.plan_marker(
        assessment=progressive, version=0, marker=marker(3), lead=cast.panel, by=cast.lead
    )
    people.end_appointment(appointment=review.appointments.get(user=cast.panel), by=cast.unit)
    operations.take_up(assessment=progressive, marker=marker(3), by=cast.lead)
    assert not progressive.assignments.exists()


def test_a_progressive_pass_may_begin_with_no_marker(review, cast):
    empty = operations.open_pass(review=review, purpose="progressive", by=cast.lead, markers=[])
    assert not empty.markers.exists()
    with pytest.raises(Refused, match="open already"):
        operations.open_pass(review=review, purpose="progressive", by=cast.lead, markers=[])
    with pytest.raises(Refused, match="holds no marker"):
        operations.submit(assessment=empty, by=cast.lead)
    assert Pass.objects.visible_to(cast.liaison).count() == 0


def test_the_plan_shows_what_its_reader_may_read(progressive, marker, cast):
    plan = {"assessment": progressive, "version": 0, "by": cast.lead, "stage": "drafting"}
    for number in (3, 12):
        operations.plan_marker(**plan, marker=marker(number))
    assert [each.marker.number for each in queries.plan_of(progressive, cast.liaison)] == [4, 12]
    assert len(queries.plan_of(progressive, cast.lead)) == 18
    assert [each.is_part for each in queries.plan_of(progressive, cast.panel)].count(True) == 1
