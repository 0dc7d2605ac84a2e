"""What stands against a contact, in words for whoever wants it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.involvement.models import (
    Apart,
    Consultation,
    How,
    Inclusion,
    Refusal,
    Safety,
    Standing,
)
from families.involvement.rules import contacting
from reviews.case.models import Review
from scr_portal.core import clock
from tests.families.conftest import a_person

TODAY = clock.today()


def against(people, user, **given):
    """As of a review that was fetched anew, so that permissions are too."""
    review = Review.objects.get(pk=people[0].review_id)
    found = list(review.family.filter(pk__in=[person.pk for person in people]))
    given = {"on": TODAY, "is_offer": False} | given
    return contacting.against(found, user=user, **given)


def said(found):
    return " ".join(str(each.reason) for each in found)


def keep_apart(review, one, other, by):
    return Apart.objects.create(
        review=review, one=one, other=other, reason="He has threatened to kill her.", by=by
    )


def decide(review, person, choice, by, **given):
    given = {"reason": "As agreed", "decided_on": TODAY, "decided_by": "The chair"} | given
    why = "" if choice == "invited" else "safety"
    token = f"{person.pk}-{choice}-{clock.now()}"
    return Inclusion.objects.create(
        review=review, person=person, choice=choice, why=why, by=by, token=token, **given
    )


def consult(review, person, agreed, by, contact_from=None, on=TODAY):
    return Consultation.objects.create(
        review=review,
        person=person,
        officer="DI Invented",
        consulted_on=on,
        agreed=agreed,
        contact_from=contact_from,
        terms="As agreed",
        by=by,
        token=f"{person.pk}-{agreed}-{on}",
    )


def test_nothing_stands_against_somebody_of_whom_nothing_is_known(family, cast):
    assert not against([family.mother, family.father], cast.liaison, is_offer=True, how=How.LETTER)


@pytest.mark.parametrize("who", ["liaison", "lead"])
def test_who_may_know_is_told_that_two_are_kept_apart(review, family, cast, who):
    keep_apart(review, family.mother, family.father, cast.liaison)
    [found] = against([family.father, family.mother], cast.people[who])
    assert found.absolute and found.reason.url
    assert str(found.reason).startswith("Mother and Father are to be kept apart")
    assert "threatened" not in str(found.reason)


@pytest.mark.parametrize("who", ["unit", "chair", "auditor"])
def test_who_may_not_know_is_told_neither_why_nor_which_rule(review, family, cast, who):
    keep_apart(review, family.mother, family.father, cast.liaison)
    [found] = against([family.mother, family.father], cast.people[who])
    assert found.absolute and not found.reason.url
    assert str(found.reason) == (
        "Mother and Father can’t be put into one contact. Ask the lead reviewer or the family "
        "liaison."
    )


def test_two_who_were_kept_apart_once_may_meet(review, family, cast):
    pair = keep_apart(review, family.mother, family.father, cast.liaison)
    Apart.objects.filter(pk=pair.pk).update(ended_at=clock.now(), ended_by=cast.liaison)
    assert not against([family.mother, family.father], cast.unit)
    assert not against([family.mother, family.grandmother], cast.unit)


@pytest.mark.parametrize(("part", "stands"), [("suspect", 1), ("witness", 1), ("party", 0)])
def test_a_witness_or_suspect_waits_for_the_investigating_officer(
    review, family, cast, part, stands
):
    Standing.objects.create(
        review=review, person=family.father, kind="criminal", part=part, by=cast.lead
    )
    found = against([family.father], cast.lead)
    assert len(found) == stands
    assert all("officer" in str(each.reason) and not each.absolute for each in found)


def test_what_the_officer_agreed_last_counts(review, family, cast):
    Standing.objects.create(
        review=review, person=family.father, kind="civil", part="witness", by=cast.lead
    )
    week = timedelta(days=7)
    consult(review, family.father, "not_yet", cast.lead, on=TODAY - 3 * week)
    assert against([family.father], cast.lead)
    consult(review, family.father, "from", cast.lead, TODAY + week, on=TODAY - 2 * week)
    assert against([family.father], cast.lead)
    assert not against([family.father], cast.lead, on=TODAY + week)
    consult(review, family.father, "yes", cast.lead, on=TODAY - week)
    assert not against([family.father], cast.lead)


def test_a_refusal_is_respected_from_its_day_until_it_ends(review, family, cast):
    no = Refusal.objects.create(
        review=review,
        person=family.mother,
        said_on=TODAY,
        not_asked_from=TODAY + timedelta(days=2),
        by=cast.liaison,
    )
    assert not against([family.mother], cast.liaison)
    later = TODAY + timedelta(days=2)
    assert "Mother said no" in said(against([family.mother], cast.liaison, on=later))
    Refusal.objects.filter(pk=no.pk).update(ended_on=TODAY, ended_by=cast.liaison)
    assert not against([family.mother], cast.liaison, on=later)


def test_only_an_offer_meets_the_decision_and_never_hears_why(review, family, cast):
    decide(review, family.father, "not_invited", cast.lead)
    assert not against([family.father], cast.lead)
    found = said(against([family.father], cast.lead, is_offer=True))
    assert "not to invite Father." in found and "risk" not in found
    decide(review, family.father, "later", cast.lead)
    assert "not to invite Father yet" in said(against([family.father], cast.lead, is_offer=True))
    decide(review, family.father, "invited", cast.lead)
    assert not against([family.father], cast.lead, is_offer=True)


@pytest.mark.parametrize(("how", "stands"), [("letter", 1), ("email", 1), ("telephone", 0)])
def test_nobody_writes_to_who_is_never_written_to(review, family, cast, how, stands):
    Safety.objects.create(review=review, person=family.mother, no_letters=True)
    assert len(against([family.mother], cast.liaison, how=how)) == stands


def test_it_costs_the_same_for_one_person_and_for_forty(review, cast):
    people = [a_person(review, cast, f"Cousin {n}") for n in range(40)]
    counts = set()
    for many in (1, 10, 40):
        with CaptureQueriesContext(connection) as caught:
            contacting.known(people[:many])
        counts.add(len(caught))
    assert counts == {6}


def test_names_are_joined_as_one_says_them(family):
    people = [family.mother, family.father, family.grandmother]
    assert contacting.named(people) == "Mother, Father and Maternal grandmother"
    assert contacting.named(people[:1]) == "Mother" and contacting.named([]) == ""
