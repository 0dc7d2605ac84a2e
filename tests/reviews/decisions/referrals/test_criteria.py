"""What the clauses of the criteria come to, for every timetable."""

from datetime import date

import pytest

from reviews.case import timetable
from reviews.decisions.referrals.criteria import (
    Outcome,
    contradictions,
    criteria_of,
    judge,
    referral_limit,
)
from reviews.decisions.referrals.timeliness import slow

ALL = ("abuse", "died", "harmed", "joint_working")


def answers(**said):
    return dict.fromkeys(ALL, "no") | said


@pytest.mark.parametrize("profile", timetable.profiles(), ids=lambda each: each.key)
def test_every_timetable_has_criteria_with_a_source(profile):
    criteria = criteria_of(profile.key)
    assert criteria.source and criteria.tags and criteria.grounds
    keys = {clause.key for clause in criteria.clauses}
    assert all(needs <= keys for needs in criteria.grounds)


@pytest.mark.parametrize(
    ("profile", "said", "outcome"),
    [
        ("wt2015", answers(abuse="yes", died="yes"), Outcome.MET),
        ("wt2015", answers(abuse="yes", harmed="yes", joint_working="yes"), Outcome.MET),
        ("wt2015", answers(abuse="yes", harmed="yes"), Outcome.NOT_MET),
        ("wt2018", answers(abuse="yes", harmed="yes"), Outcome.MET),
        ("wt2015", answers(died="yes"), Outcome.NOT_MET),
        ("wt2015", answers(abuse="unknown", died="yes"), Outcome.OPEN),
        ("wt2015", answers(abuse="yes", harmed="yes", joint_working="unknown"), Outcome.OPEN),
        ("wt2015", {}, Outcome.OPEN),
    ],
)
def test_one_ground_is_enough_and_a_no_in_each_is_against(profile, said, outcome):
    assert judge(criteria_of(profile), said).outcome == outcome


def test_the_judgement_is_said_in_words():
    met = judge(criteria_of("wt2015"), answers(abuse="yes", died="yes"))
    assert str(met) == (
        "The criteria are met: “abuse or neglect is known or suspected” and “the child died”."
    )
    still = judge(criteria_of("wt2015"), answers(abuse="unknown", died="yes"))
    assert str(still).endswith("“abuse or neglect is known or suspected”: not known.")
    against = judge(criteria_of("wt2018"), answers(died="yes", harmed="yes"))
    assert str(against).endswith("“abuse or neglect is known or suspected”: answered no.")


@pytest.mark.parametrize(
    ("said", "ground", "harm", "words"),
    [
        (answers(), "criteria", "harmed", "by the answers they are not"),
        (answers(abuse="yes", died="yes"), "other", "died", "by the answers the criteria are met"),
        (answers(), "other", "died", "“the child died” is answered no"),
        (answers(died="yes"), "other", "harmed", "“died” is answered yes"),
    ],
)
def test_what_does_not_go_together_is_said(said, ground, harm, words):
    found = contradictions(criteria_of("wt2015"), said, ground=ground, harm=harm)
    assert any(words in sentence for sentence in found), found


def test_what_goes_together_is_left_alone():
    said = answers(abuse="yes", died="yes")
    assert contradictions(criteria_of("wt2015"), said, ground="criteria", harm="died") == []
    unknown = dict.fromkeys(ALL, "unknown")
    assert contradictions(criteria_of("wt2015"), unknown, ground="criteria", harm="died") == []


def test_a_referral_is_slow_by_its_timetable_or_by_our_own_measure():
    days = {"aware_on": date(2026, 1, 12), "notified_on": None, "referred_on": date(2026, 1, 26)}
    profile = timetable.profile("wt2018")
    assert referral_limit()[0].amount == 10
    assert slow(profile=profile, **days) == []
    (late,) = slow(profile=profile, **days | {"referred_on": date(2026, 1, 27)})
    assert "11 working days" in late and "own measure" in late
    assert slow(profile=profile, **days | {"notified_on": date(2026, 1, 19)}) == []
    (late,) = slow(profile=profile, **days | {"notified_on": date(2026, 1, 20)})
    assert "its limit was 19 January 2026" in late and "Working Together 2018" in late
    closed = {date(2026, 1, 13)}
    assert slow(profile=profile, closures=closed, **days | {"notified_on": date(2026, 1, 20)}) == []
    assert slow(profile=profile, **days | {"aware_on": None}) == []
    older = timetable.profile("wt2013")
    assert slow(profile=older, **days | {"notified_on": date(2026, 1, 23)}) == []
