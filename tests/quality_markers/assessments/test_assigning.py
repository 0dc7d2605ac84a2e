from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from quality_markers.assessments import contributions, operations, queries
from quality_markers.assessments.models import Assignment, Delegation
from quality_markers.assessments.queries.mine import mine
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.permissions import Permission
from scr_portal.accounts.models import User
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests.quality_markers.assessments.test_passes import told


@pytest.fixture
def give(assessment, ask, cast):
    """``give(cast.panel, "12", "3.1")``: a marker, a question."""

    def given(person, *places, by=cast.lead, **more):
        markers = [assessment.markers.get(number=each) for each in places if "." not in each]
        questions = [ask(each) for each in places if "." in each]
        return operations.assign(
            assessment=assessment,
            person=person,
            markers=markers,
            questions=questions,
            by=by,
            **more,
        )

    return given


@pytest.fixture
def away(review, cast):
    """``away(cast.panel, cast.other)``: stands in for a week from today."""

    def named(person, deputy, *, days=7, starts=0, by=cast.lead):
        today = clock.today()
        return operations.name_stand_in(
            review=review,
            person=person,
            deputy=deputy,
            begins=today + timedelta(days=starts),
            ends=today + timedelta(days=days),
            by=by,
        )

    return named


def references(user):
    return [
        task.question.reference for each in mine(user) for one in each.markers for task in one.tasks
    ]


def test_who_can_be_assigned_a_marker_is_said_alike_of_one_and_of_all(review, assessment, cast):
    for permission in (Permission.ANSWER_MARKERS, Permission.ANSWER_FAMILY_MARKERS):
        people.grant(
            review=review,
            user=cast.observer,
            permission=permission,
            by=cast.unit,
            reason="Cover",
            ends=None,
        )
    people.recuse(review=review, user=cast.panel, reason="Is related", by=cast.unit)
    everybody = User.objects.all()
    for marker in assessment.markers.all():
        asked = {
            person
            for person in everybody
            if queries.fills_in(person, Review.objects.get(pk=review.pk), marker)
        }
        assert set(queries.who_fill_in(review, marker)) == asked
        assert asked


def test_who_is_assigned_a_question_fills_in_that_question_alone(give, write, assessment, cast):
    with pytest.raises(PermissionDenied):
        write("3.1", by=cast.panel, narrative="Not mine yet")
    give(cast.panel, "3.1")
    write("3.1", by=cast.panel, narrative="Mine")
    with pytest.raises(PermissionDenied):
        write("3.2", by=cast.panel, narrative="Not mine")
    marker = assessment.markers.get(number=3)
    with pytest.raises(PermissionDenied):
        operations.save_reflection(
            assessment=assessment, marker=marker, by=cast.panel, version=0, text="Not mine"
        )
    give(cast.panel, "3")
    operations.save_reflection(
        assessment=assessment, marker=marker, by=cast.panel, version=0, text="Mine"
    )
    assert told("pass_assigned") == {"Panel member Invented"}


def test_what_is_assigned_twice_is_assigned_once(give, cast):
    day = clock.today() + timedelta(days=3)
    assert len(give(cast.panel, "3", "12.4")) == 2
    assert give(cast.panel, "3", "12.4", "3.1", wanted_on=day) == []
    assert set(Assignment.objects.values_list("wanted_on", flat=True)) == {day}
    assert AuditEvent.objects.filter(kind="pass_assigned").count() == 2


@pytest.mark.parametrize(
    ("who", "place", "sentence"),
    [
        ("liaison", "3", "can't fill in marker 3"),
        ("chair", "3", "can't fill in"),
        ("auditor", "3", "can't fill in"),
        ("observer", "12", "can't fill in"),
        ("stranger", "12", "can't fill in"),
        ("outsider", "12", "can't fill in"),
    ],
)
def test_nobody_is_given_what_they_may_not_fill_in(give, review, cast, who, place, sentence):
    cast.on(review, "observer")
    with pytest.raises(Refused, match=sentence):
        give(cast.people[who], place)
    assert not Assignment.objects.exists()


def test_what_cannot_be_assigned_says_why(give, review, assessment, cast):
    with pytest.raises(Refused, match="at least one"):
        give(cast.panel)
    with pytest.raises(Refused, match="today or later"):
        give(cast.panel, "3", wanted_on=clock.today() - timedelta(days=1))
    some = operations.open_pass(review=review, purpose="planning", by=cast.lead, markers=[4])
    with pytest.raises(Refused, match="not part"):
        operations.assign(
            assessment=some,
            person=cast.panel,
            markers=[assessment.markers.get(number=3)],
            by=cast.lead,
        )


@pytest.mark.parametrize("who", ["chair", "liaison", "panel", "auditor", "outsider"])
def test_only_who_fills_in_the_whole_assigns(give, cast, who):
    with pytest.raises(PermissionDenied):
        give(cast.panel, "12", by=cast.people[who])
    (row,) = give(cast.unit, "12")
    with pytest.raises(PermissionDenied):
        operations.end_assignment(assignment=row, by=cast.people[who])


def test_an_assignment_is_ended_or_handed_back_and_the_leave_with_it(give, write, cast):
    (row,) = give(cast.panel, "3.1")
    operations.end_assignment(assignment=row, by=cast.panel)
    operations.end_assignment(assignment=row, by=cast.lead)
    assert AuditEvent.objects.filter(kind="pass_assignment_ended").count() == 1
    with pytest.raises(PermissionDenied):
        write("3.1", by=cast.panel, narrative="Not mine any more")
    assert references(cast.panel) == []
    give(cast.panel, "3.1")
    assert references(cast.panel) == ["3.1"]


def test_a_signed_or_submitted_pass_is_assigned_to_nobody(give, assessment, cast):
    give(cast.panel, "3.1")
    operations.submit(assessment=assessment, by=cast.lead)
    with pytest.raises(Refused, match="with the chair"):
        give(cast.panel, "4")
    assert references(cast.panel) == []


def test_a_deputy_fills_in_what_is_assigned_to_the_other_while_it_lasts(
    give, write, away, review, cast
):
    people.appoint(review=review, user=cast.stranger, role="panel", by=cast.unit)
    give(cast.panel, "3.1")
    later = away(cast.panel, cast.stranger, starts=2)
    with pytest.raises(PermissionDenied):
        write("3.1", by=cast.stranger, narrative="Too early")
    operations.end_stand_in(delegation=later, by=cast.lead)
    now = away(cast.panel, cast.stranger)
    assert references(cast.stranger) == ["3.1"]
    (one,) = mine(cast.stranger)[0].markers
    assert one.instead_of == [cast.panel]
    write("3.1", by=cast.stranger, narrative="In place of another")
    assert told("standing_in") == {"Panel member Invented", "Stranger Invented"}
    operations.end_stand_in(delegation=now, by=cast.stranger)
    with pytest.raises(PermissionDenied):
        write("3.1", by=cast.stranger, narrative="Too late")
    assert references(cast.stranger) == []


def test_a_deputy_gets_no_further_than_their_own_leave_to_read(give, write, away, cast):
    give(cast.panel, "3.1", "12.4")
    away(cast.panel, cast.liaison)
    assert references(cast.liaison) == ["12.4"]
    with pytest.raises(PermissionDenied):
        write("3.1", by=cast.liaison, narrative="Not for liaison")
    write("12.4", by=cast.liaison, narrative="Of the family")


def test_a_stand_in_holds_for_that_review_alone(give, away, cast, review):
    give(cast.panel, "3.1")
    away(cast.panel, cast.lead)
    assert references(cast.lead) == ["3.1"]
    people.recuse(review=review, user=cast.lead, reason="A relative", by=cast.unit)
    assert references(cast.lead) == []


def test_twice_the_same_stand_in_is_one(away, cast):
    assert away(cast.panel, cast.lead) == away(cast.panel, cast.lead)
    assert AuditEvent.objects.filter(kind="stand_in_named").count() == 1
    row = Delegation.objects.get()
    operations.end_stand_in(delegation=row, by=cast.panel)
    operations.end_stand_in(delegation=row, by=cast.panel)
    assert AuditEvent.objects.filter(kind="stand_in_ended").count() == 1


def test_on_a_closed_review_a_stand_in_stays_as_it_is(away, cast, monkeypatch):
    row = away(cast.panel, cast.lead)
    review = Review.objects.get()
    review.stage = Stage.CLOSED
    monkeypatch.setattr(type(Review.objects.all()), "locked", lambda rows, pk: review)
    with pytest.raises(Refused, match="closed"):
        operations.end_stand_in(delegation=row, by=cast.panel)


def test_what_cannot_stand_in_says_why(away, cast):
    with pytest.raises(Refused, match="somebody else"):
        away(cast.panel, cast.panel)
    with pytest.raises(Refused, match="on or after the first"):
        away(cast.panel, cast.lead, days=1, starts=2)
    with pytest.raises(Refused, match="today or later"):
        away(cast.panel, cast.lead, days=-1, starts=-3)
    with pytest.raises(Refused, match="Board chair Invented can't"):
        away(cast.panel, cast.chair)
    with pytest.raises(Refused, match="Stranger Invented can't"):
        away(cast.stranger, cast.panel)


def test_a_stand_in_is_named_for_oneself_or_by_who_assigns(away, review, cast):
    row = away(cast.panel, cast.lead, by=cast.panel)
    for who in ("chair", "auditor", "outsider", "liaison"):
        with pytest.raises(PermissionDenied):
            away(cast.panel, cast.liaison, by=cast.people[who])
        with pytest.raises(PermissionDenied):
            operations.end_stand_in(delegation=row, by=cast.people[who])


def test_my_questions_say_what_is_left_and_what_came_back(give, write, assessment, cast):
    give(cast.panel, "3")
    write("3.1", by=cast.panel, judgement="partly", narrative="So far")
    (one,) = mine(cast.panel)[0].markers
    assert (len(one.done), one.done[0].question.number) == (1, 1)
    back_text = "Say by whom"
    operations.submit(assessment=assessment, by=cast.lead)
    question = one.done[0].question
    operations.return_pass(assessment=assessment, questions={question: back_text}, by=cast.chair)
    (one,) = mine(cast.panel)[0].markers
    assert [task.came_back for task in one.left if task.question == question] == [back_text]
    write("3.1", by=cast.panel, narrative="By the health visitor")
    (one,) = mine(cast.panel)[0].markers
    assert question in [task.question for task in one.done]


def test_what_is_assigned_waits_until_it_is_considered(give, write, cast):
    day = clock.today() + timedelta(days=3)
    give(cast.panel, "3.1", wanted_on=day)
    (need,) = contributions.worklist(cast.panel)
    assert str(need.text) == "Look at what is assigned to you in self-assessment 1"
    assert need.due == day
    assert contributions.navigation()[0].behind(cast.panel).exists()
    assert not contributions.navigation()[0].behind(cast.liaison).exists()
    write("3.1", by=cast.panel, judgement="in_place")
    assert contributions.worklist(cast.panel) == []


def test_my_questions_cost_the_same_however_many(give, cast, django_assert_num_queries):
    give(cast.panel, "3.1")
    with django_assert_num_queries(4):
        assert len(references(cast.panel)) == 1
    give(cast.panel, *map(str, range(1, 19)))
    with django_assert_num_queries(4):
        assert len(references(cast.panel)) == 107


def test_leave_costs_one_statement_or_none(give, assessment, cast, django_assert_max_num_queries):
    give(cast.panel, "3.1", "4")
    panel, lead = queries.leave_of(cast.panel, assessment), queries.leave_of(cast.lead, assessment)
    assert lead.everything and not panel.everything
    assert (len(panel.markers), len(panel.questions)) == (1, 1)
    with django_assert_max_num_queries(1):
        queries.leave_of(cast.panel, assessment)
    with django_assert_max_num_queries(0):
        queries.leave_of(cast.lead, assessment)
