"""What waits for the family's check, what stands against sign-off, and who hears of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.contributions import contributions as room
from families.contributions.models import Contribution
from families.involvement.models import Waiver
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.permissions import Role
from scr_portal.core import clock
from tests import builders
from tests.families.contributions.saying import (
    a_contribution,
    a_keepsake,
    checked,
    named,
    somebody,
)

TO_SIGN_OFF = LIFECYCLE.find(Stage.DRAFTING, Stage.SIGN_OFF)


def against(review, user, move=TO_SIGN_OFF):
    return room.blockers(move, Review.objects.get(pk=review.pk), user)


def waive(review, cast, person=None):
    return Waiver.objects.create(
        review=review, about="accuracy", person=person, reason="They are abroad.", by=cast.chair
    )


def test_a_report_waits_for_the_check_and_says_no_more_than_one_may_know(review, cast, family):
    assert against(review, cast.lead) == []
    mine = a_contribution(review, cast, person=family.mother)
    secret = a_contribution(review, cast, person=family.father, visibility="named")
    [reason] = against(review, cast.lead)
    assert str(reason.text).startswith("1 contribution has not been shown")
    assert reason.url.endswith("?check_state=not_shown")
    assert str(against(review, cast.liaison)[0].text).startswith("1 contribution has not")
    for who in ("chair", "unit"):
        [reason] = against(review, cast.people[who])
        assert str(reason.text).startswith("A check of accuracy by the family is not done. Ask")
        assert not reason.url
    checked(mine, "shown")
    named(secret, cast.chair, by=cast.liaison)
    for who in ("lead", "liaison", "chair", "unit"):
        assert against(review, cast.people[who]) == [], who
    assert [str(need.text) for need in needs(cast.liaison)] == [
        "Show a family member what was written down"
    ]


@pytest.mark.parametrize("step", ["shown", "agreed", "not_wanted"])
def test_each_of_these_is_a_check(review, cast, step):
    checked(a_contribution(review, cast), step)
    assert against(review, cast.unit) == []


def test_it_stands_against_no_other_move(review, cast):
    a_contribution(review, cast)
    for move in LIFECYCLE:
        found = against(review, cast.lead, move)
        assert bool(found) == (move.target == Stage.SIGN_OFF and not move.back), move


def test_the_chair_may_waive_it_for_one_person_or_for_all(review, cast, family):
    a_contribution(review, cast, person=family.mother)
    a_contribution(review, cast, person=family.father)
    one = waive(review, cast, family.mother)
    assert str(against(review, cast.lead)[0].text).startswith("1 contribution")
    whole = waive(review, cast)
    assert against(review, cast.lead) == [] and against(review, cast.chair) == []
    whole.ended_at, whole.ended_by = clock.now(), cast.chair
    whole.save()
    one.delete()
    assert str(against(review, cast.lead)[0].text).startswith("2 contributions")


def test_a_waiver_of_something_else_or_somewhere_else_waives_nothing(review, cast):
    a_contribution(review, cast)
    other = builders.a_review(cast)
    waive(other, cast)
    Waiver.objects.create(review=review, about="report", reason="No", by=cast.chair)
    assert against(review, cast.lead)


def needs(user):
    return [need for need in room.worklist(user) if "keepsake" not in str(need.text)]


def test_what_is_to_be_shown_waits_for_who_reads_it(review, cast, family):
    a_contribution(review, cast, person=family.mother)
    hidden = a_contribution(review, cast, person=family.father, visibility="named")
    assert [str(need.text) for need in needs(cast.liaison)] == [
        "Show family members what was written down (2)"
    ]
    assert [str(need.text) for need in needs(cast.lead)] == [
        "Show a family member what was written down"
    ]
    for who in ("unit", "chair", "panel", "auditor", "stranger"):
        assert needs(cast.people[who]) == [], who
    named(hidden, cast.panel, by=cast.liaison)
    assert needs(cast.panel) == []
    waive(review, cast)
    assert needs(cast.liaison) == []
    people.recuse(review=review, user=cast.lead, reason="Knows them", by=cast.unit)
    assert needs(cast.lead) == []


def test_a_worklist_costs_the_same_for_many_reviews(cast):
    counts, made = [], 0
    for size in (1, 4):
        while made < size:
            other = builders.a_review(cast)
            cast.on(other, Role.LIAISON)
            a_contribution(other, cast, person=somebody(other, cast))
            keepsake = a_keepsake(other, cast)
            keepsake.ended_on = clock.today()
            keepsake.save()
            made += 1
        with CaptureQueriesContext(connection) as caught:
            assert len(room.worklist(cast.liaison)) == 2 * size
        counts.append(len(caught))
    assert counts[0] == counts[1], counts


def test_the_move_page_shows_it_to_each_as_they_may_know_it(cast, sign_in):
    review = builders.review_at(Stage.DRAFTING, cast)
    cast.on(review)
    said = a_contribution(review, cast, visibility="named")
    address = reverse("reviews:advance", args=[review.pk, "sign_off"])
    assert "check of accuracy" not in sign_in(cast.unit).get(address).content.decode()
    Contribution.objects.filter(pk=said.pk).update(visibility="team")
    page = sign_in(cast.unit).get(address).content.decode()
    assert "A check of accuracy by the family is not done" in page
    assert reverse("families:contributions", args=[review.pk]) not in page
    assert "midwife" not in page
