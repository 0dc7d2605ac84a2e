"""Facts that speak against "in place" once something was done or went wrong, each in its room."""

from datetime import date, timedelta

import pytest

from families.involvement.operations import focus
from reviews.case.evidence import evidence
from reviews.case.models import Review, StageChange
from reviews.decisions.returns.models import AgencyReturn
from scr_portal.core import clock
from tests import builders
from tests.families.conftest import a_person
from tests.reviews import whole
from tests.reviews.decisions.returns.asked import a_return
from tests.reviews.scoping.building import a_process, a_step


@pytest.fixture
def review(cast):
    review = builders.a_review(cast)
    cast.on(review)
    return review


def changed(review, **fields):
    Review.objects.filter(pk=review.pk).update(**fields)


def said(review, person, question, against=True):
    fresh = Review.objects.select_related("board").get(pk=review.pk)
    found = evidence(fresh, person, int(question.partition(".")[0]))
    return [
        str(each.text)
        for each in found
        if each.question == question and each.contradicts == against
    ]


def test_1_1_and_1_3_what_the_referral_lacks(review, cast):
    assert "no information" in said(review, cast.unit, "1.1")[0]
    changed(review, aware_on="2026-01-02", incident_on="2026-01-01")
    assert "no reason is recorded" in said(review, cast.panel, "1.3")[0]
    type(review.referral).objects.filter(review=review).update(delay_reason="Records came late.")
    assert not said(review, cast.panel, "1.3")


def test_1_2_the_criteria_are_claimed_and_not_met(review, cast):
    assert not said(review, cast.unit, "1.2")
    for clause in ("abuse", "died", "harmed", "joint_working"):
        review.referral.clauses.update_or_create(
            clause=clause, defaults={"answer": "no", "review": review, "board": review.board}
        )
    assert "The criteria are not met" in said(review, cast.unit, "1.2")[0]


def test_2_5_a_decision_past_its_limit_without_a_reason(cast):
    review = builders.review_at("considering", cast)
    changed(review, profile="wt2015", notified_on=clock.today() - timedelta(days=10))
    builders.decide(Review.objects.get(pk=review.pk), cast, delay_reason="")
    assert not said(review, cast.auditor, "2.5")
    # The day was wrong, and is put right.
    changed(review, notified_on=date(2026, 1, 16))
    (text,) = said(review, cast.auditor, "2.5")
    assert "days after notification; the limit was 16 February 2026" in text


def test_4_4_and_12_4_what_the_family_waits_for(review, cast):
    mother = a_person(review, cast)
    asked = {"asked_on": clock.today(), "token": "once", "by": cast.liaison}
    focus.ask(review=review, people=[mother], direction="theirs", text="Why?", **asked)
    assert "waits for its answer" in said(review, cast.liaison, "4.4")[0]
    focus.ask_of_the_terms(person=mother, text="Look at the ward.", **asked)
    assert "not weighed yet" in said(review, cast.auditor, "12.4")[0]
    assert not said(review, cast.panel, "12.4")


def test_8_3_and_8_4_what_is_late(review, cast):
    late = said(review, cast.chair, "8.3")
    assert any("was due on" in text and "is not done" in text for text in late)
    assert said(review, cast.chair, "8.4")
    deadline = review.deadlines.order_by("due_on").first()
    deadline.met_on = deadline.due_on + timedelta(days=1)
    deadline.save()
    assert any("done on" in text for text in said(review, cast.chair, "8.3"))
    a_step(cast, review, "Late step", planned_on=clock.today() - timedelta(days=1))
    assert any("Late step" in text for text in said(review, cast.chair, "8.3"))


def test_8_3_a_pause_carries_what_is_due(review, cast):
    review.pauses.create(kind="criminal", board=review.board, by=cast.unit)
    assert not said(review, cast.chair, "8.3") and not said(review, cast.chair, "8.4")
    assert "Criminal" in said(review, cast.chair, "8.5", against=False)[0]


def test_9_2_and_9_4_a_process_without_anybody_to_speak_to(review, cast):
    row = a_process(cast, review, kind="criminal", name="The trial", contact="", bearing="")
    assert "no record of whom" in said(review, cast.panel, "9.2")[0]
    assert "what it means" in said(review, cast.panel, "9.4")[0]
    type(row).objects.update(ended_on=clock.today())
    assert not said(review, cast.panel, "9.2") and not said(review, cast.panel, "9.4")


def test_9_3_the_coroner_and_who_may_know_that_a_child_died(review, cast):
    assert not said(review, cast.unit, "9.3")
    review.children.update(harm="died")
    assert said(review, cast.unit, "9.3") == ["A child has died. The coroner notified: no record"]
    assert not said(review, cast.panel, "9.3")
    assert said(review, cast.panel, "9.3", against=False) == ["No inquest is in the register."]
    a_process(cast, review, kind="inquest", contact="The coroner's officer")
    assert not said(review, cast.unit, "9.3")


def test_10_7_an_agency_is_late_without_a_reason(review, cast):
    a_return(cast, review)
    assert not said(review, cast.unit, "10.7") and not said(review, cast.unit, "10.3")
    AgencyReturn.objects.update(due_on=clock.today() - timedelta(days=1))
    assert "no reason is recorded" in said(review, cast.unit, "10.7")[0]


def test_12_9_and_17_3_the_report_was_shown_to_nobody_who_is_invited(cast):
    review = whole.made(cast)
    assert not said(review, cast.auditor, "12.9") and not said(review, cast.auditor, "17.3")
    assert said(review, cast.lead, "12.6")
    changed(review, completed_on=clock.today())
    assert "No record that the family saw" in said(review, cast.auditor, "12.9")[0]
    assert said(review, cast.auditor, "17.3") and not said(review, cast.panel, "17.3")


def test_14_2_a_name_in_the_report_for_who_may_see_names(review, cast):
    a_person(review, cast, real_name="Aurelia Invented")
    whole.a_report(cast, review, "Aurelia Invented said so.")
    (text,) = said(review, cast.lead, "14.2")
    assert "in Report" in text and "Aurelia" not in text
    assert not said(review, cast.auditor, "14.2") and not said(review, cast.panel, "14.2")


def test_15_3_and_17_1_time_at_the_end(review, cast):
    moved = {"review": review, "board": review.board, "by": cast.chair}
    StageChange.objects.create(source="sign_off", target="responding", **moved)
    assert not said(review, cast.chair, "15.3")
    StageChange.objects.create(source="responding", target="publication", **moved)
    assert "0 days" in said(review, cast.chair, "15.3")[0]
    assert not said(review, cast.chair, "17.1")
    changed(review, publication_planned_on=date(2026, 3, 1))
    assert "has passed" in said(review, cast.chair, "17.1")[0]
    changed(review, published_on=date(2026, 3, 2), completed_on=date(2026, 2, 2))
    assert said(review, cast.chair, "17.1", against=False) == [
        "Published 28 days after the report was complete"
    ]


def test_documents_that_one_may_not_read_are_like_none(review, cast):
    builders.a_document(review, cast, kind="media", title="To the press", permission="reviews.edit")
    for who in (cast.panel, cast.auditor):
        (text,) = said(review, who, "17.4")
        assert text == "No document of this kind that you may read: Media strategy"
    assert not said(review, cast.unit, "17.4")


def test_no_fact_against_an_answer_is_another_one_tomorrow(review, cast, settings):
    a_return(cast, review)
    AgencyReturn.objects.update(due_on=clock.today() - timedelta(days=1))

    def texts():
        fresh = Review.objects.select_related("board").get(pk=review.pk)
        found = [each for marker in range(1, 19) for each in evidence(fresh, cast.unit, marker)]
        return {(each.question, str(each.text)) for each in found if each.contradicts}

    today, settings.DEMONSTRATION = texts(), True
    with clock.pretend(clock.now() + timedelta(days=3)):
        assert texts() == today
