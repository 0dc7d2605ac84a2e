"""What the room says to the first page, to the markers, to the steps and to the navigation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviews.case.evidence import evidence
from reviews.case.lifecycle import Stage
from reviews.case.steps import tasks
from reviews.decisions.returns import contributions
from reviews.decisions.returns.models import AgencyReturn
from reviews.decisions.returns.operations import answering, asking
from reviews.decisions.returns.operations import gathering as gatherings
from reviews.decisions.returns.rules import Said
from scr_portal.core import clock
from tests import builders
from tests.reviews.decisions.returns.asked import a_notice, a_return, another, author, whole


def needs(user):
    return [str(need.text) for need in contributions.worklist(user)]


def said(review, user, question):
    return [str(each.text) for each in evidence(review, user, 2) if each.question == question]


def test_on_day_0_the_unit_is_asked_for_notices_until_one_is_sent(cast, review):
    [need] = contributions.worklist(cast.unit)
    assert str(need.text) == "Ask agencies to keep their records"
    assert need.url == reverse("reviews:preservation_send", args=[review.pk])
    assert need.due == review.referred_on
    for who in ("chair", "member", "auditor", "outsider"):
        assert needs(cast.people[who]) == []
    notice = a_notice(cast, review)
    assert needs(cast.unit) == []
    asking.withdraw(asked=notice, by=cast.unit, reason="Wrong address")
    assert needs(cast.unit) == ["Ask agencies to keep their records"]


def test_after_the_decision_nobody_is_asked_for_notices(cast):
    builders.review_at(Stage.DECIDED, cast)
    assert "Ask agencies to keep their records" not in needs(cast.unit)


def test_whoever_was_asked_sees_it_with_its_day_until_they_answer(cast, review):
    user = author(cast, review)
    row, notice = a_return(cast, review, user), a_notice(cast, review, user)
    found = contributions.worklist(user)
    assert [(need.url, need.due) for need in found] == [
        (notice.get_absolute_url(), notice.due_on),
        (row.get_absolute_url(), row.due_on),
    ]
    answering.answer(asked=row, said=Said("Ada", nothing_known=True), by=user)
    answering.answer(asked=notice, said=Said("Ada"), by=user)
    assert contributions.worklist(user) == []


def test_late_returns_are_one_line_for_the_unit(cast, review):
    a_notice(cast, review)
    a_return(cast, review)
    a_return(cast, review, agency=another(cast))
    assert needs(cast.unit) == []
    oldest = clock.today() - timedelta(days=9)
    AgencyReturn.objects.update(due_on=clock.today() - timedelta(days=1))
    AgencyReturn.objects.filter(agency=cast.agency).update(due_on=oldest)
    [need] = contributions.worklist(cast.unit)
    assert str(need.text) == "Look after the agency returns that are late"
    assert need.due == oldest
    assert needs(cast.outsider) == needs(cast.chair) == []


def test_the_record_says_when_there_is_nothing(cast, review):
    assert said(review, cast.chair, "2.1") == ["No record of whether the information is enough"]
    assert said(review, cast.chair, "2.2") == [
        "No record that agencies were asked what they know",
        "No record that agencies were asked to keep their records",
    ]
    assert said(review, cast.chair, "2.3") == [
        "No record of whether the family has lived elsewhere"
    ]


def test_the_record_says_what_was_done(cast, review):
    another(cast, "Not asked")
    b, c = another(cast, "B"), another(cast, "C")
    a_notice(cast, review)
    rows = [a_return(cast, review, agency=agency) for agency in (cast.agency, b, c)]
    answering.write_down(asked=rows[0], said=whole(rows[0]), by=cast.unit)
    answering.write_down(asked=rows[1], said=Said("B", nothing_known=True), by=cast.unit)
    asking.give_up_return(asked=rows[2], by=cast.unit, reason="Dissolved")
    gatherings.save_gathering(
        review=review,
        version=0,
        by=cast.unit,
        lived_elsewhere="yes",
        context="Two earlier reviews",
        sufficient="It is enough",
    )
    gatherings.add_neighbour(
        review=review, by=cast.unit, board_name="Eastmere LSCB", asked_on=clock.today()
    )
    gatherings.add_neighbour(
        review=review, by=cast.unit, board_name="Westmere LSCB", not_asked_reason="Long ago"
    )
    assert len(said(review, cast.chair, "2.1")) == 2
    [returns, notices] = said(review, cast.chair, "2.2")
    assert returns.startswith("3 of 4 agencies asked what they know: 1 answered, 1 know nothing")
    assert "1 did not answer" in returns
    assert notices.startswith("1 agencies asked to keep their records")
    elsewhere = said(review, cast.chair, "2.3")
    assert "Whether the family has lived elsewhere: Yes" in elsewhere
    assert "Westmere LSCB was not asked, with the reason" in elsewhere
    assert any(text.startswith("Eastmere LSCB was asked on") for text in elsewhere)


@pytest.mark.parametrize("who", ["member", "agency", "observer", "stranger", "outsider"])
def test_who_may_not_read_the_decision_gets_no_fact(cast, review, who):
    cast.on(review)
    person = cast.people[who]
    assert contributions.evidence(review, person, 2) == []
    assert contributions.rooms(review, person) == []
    assert contributions.steps(review, person) == []


def test_of_other_markers_it_says_nothing_and_asks_nothing(cast, review, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert contributions.evidence(review, cast.chair, 5) == []


def test_the_steps_say_how_far_it_is(cast, review):
    def how():
        labels = {"Records are kept", "What agencies know"}
        return {
            str(task["label"]): str(task["status"])
            for task in tasks(review, cast.unit)
            if str(task["label"]) in labels
        }

    assert how() == {"Records are kept": "To do", "What agencies know": "To do"}
    a_notice(cast, review)
    row = a_return(cast, review)
    assert how() == {"Records are kept": "Begun", "What agencies know": "Begun"}
    answering.write_down(asked=row, said=whole(row), by=cast.unit)
    assert how()["What agencies know"] == "Done"


def test_records_are_kept_once_every_notice_is_confirmed_or_ended(cast, review):
    def step():
        found = contributions.steps(review, cast.unit)[0]
        return found.how, found.hint

    notices = [a_notice(cast, review, agency=another(cast, name)) for name in "ABC"]
    assert step() == ("begun", "3 of 3 have not confirmed")
    for notice in notices[:2]:
        answering.write_down(asked=notice, said=Said("Ada"), by=cast.unit)
    assert step() == ("begun", "1 of 3 has not confirmed")
    asking.withdraw(asked=notices[2], by=cast.unit, reason="Dissolved")
    assert step() == ("done", "")


def test_the_boards_form_is_among_its_pages_for_who_keeps_it(cast):
    assert contributions.board_rooms(cast.board, cast.chair)
    assert contributions.board_rooms(cast.board, cast.member) == []
