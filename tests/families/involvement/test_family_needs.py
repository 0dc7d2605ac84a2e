"""Whom the family waits for: the liaison's first page, the record's evidence, a person's panel."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.involvement.contributions import contacting
from families.involvement.contributions.contacting_evidence import evidence
from families.involvement.models import Contact
from families.involvement.operations import focus, promises, refusals
from reviews.case.operations import people
from reviews.permissions import Role
from scr_portal.core import clock
from tests import builders
from tests.families.conftest import a_person
from tests.families.involvement.test_contacting_rules import decide
from tests.families.involvement.test_contacts import make, plan

TODAY = clock.today()


def days(number):
    return timedelta(days=number)


def texts(user):
    return [str(need.text) for need in contacting.worklist(user)]


def invite(review, person, cast, ago=0):
    decide(review, person, "invited", cast.lead, decided_on=TODAY - days(ago))


def offered(review, person, cast, ago, answer="no_answer", **given):
    given = {"is_offer": True, "token": f"{person.pk}-{ago}"} | given
    answers = {person.pk: (answer, "")}
    return make(review, [person], cast.lead, on=TODAY - days(ago), answers=answers, **given)


@pytest.mark.parametrize("who", ["liaison", "lead"])
def test_an_invited_person_of_whom_nobody_has_heard_for_four_weeks(review, family, cast, who):
    user = cast.people[who]
    invite(review, family.mother, cast, ago=60)
    assert texts(user) == ["Nobody has been in touch with Mother yet"]
    offered(review, family.mother, cast, ago=35, answer="took_part")
    [need] = contacting.worklist(user)
    assert str(need.text) == "Nobody has been in touch with Mother for five weeks"
    assert need.due == TODAY - days(7) and f"person={family.mother.pk}" in need.url
    offered(review, family.mother, cast, ago=27, answer="took_part")
    assert texts(user) == []


def test_silence_is_not_broken_by_what_is_only_planned_for_later(review, family, cast):
    invite(review, family.mother, cast, ago=60)
    plan(review, [family.mother], cast.lead, on=TODAY + days(20))
    assert len(texts(cast.liaison)) == 1
    plan(review, [family.mother], cast.lead, on=TODAY + days(9), token="2")
    assert texts(cast.liaison) == []


def test_who_is_not_invited_said_no_or_has_died_is_left_in_peace(review, family, cast):
    invite(review, family.mother, cast, ago=60)
    decide(review, family.father, "later", cast.lead, decided_on=TODAY - days(60))
    invite(review, family.grandmother, cast, ago=60)
    family.grandmother.life = "died"
    family.grandmother.save()
    refusals.refuse(person=family.mother, said_on=TODAY, not_asked_from=TODAY, by=cast.lead)
    assert texts(cast.liaison) == []


def test_an_offer_without_a_yes_is_to_be_repeated_after_six_weeks(review, family, cast):
    offered(review, family.mother, cast, ago=36)
    [need] = contacting.worklist(cast.liaison)
    assert str(need.text) == "Offer Mother again to take part" and need.due == TODAY + days(6)
    assert "after=" in need.url
    offered(review, family.mother, cast, ago=20)
    assert texts(cast.liaison) == []
    Contact.objects.filter(on=TODAY - days(20)).delete()
    plan(review, [family.mother], cast.lead, on=TODAY + days(30), is_offer=True)
    assert texts(cast.liaison) == []


@pytest.mark.parametrize("answer", ["accepted", "took_part"])
def test_nobody_is_offered_again_what_they_said_yes_to(review, family, cast, answer):
    offered(review, family.mother, cast, ago=50)
    offered(review, family.father, cast, ago=50)
    offered(review, family.mother, cast, ago=45, answer=answer)
    decide(review, family.father, "not_invited", cast.lead)
    assert texts(cast.liaison) == []


def everything_waits(review, family, cast):
    mother, by = family.mother, cast.liaison
    planned = plan(review, [mother, family.father], by, on=TODAY + days(6))
    passed = plan(review, [mother], by, token="2")
    Contact.objects.filter(pk=passed.pk).update(on=TODAY - days(20))
    promises.promise(
        person=mother,
        text="A secret",
        promised_by="Me",
        promised_on=TODAY - days(30),
        due_on=TODAY - days(20),
        token="1",
        by=by,
    )
    asked = {"asked_on": TODAY - days(40), "by": by}
    focus.ask(
        review=review, people=[mother], direction="theirs", text="A secret", token="1", **asked
    )
    for token in ("1", "2"):
        wish = focus.ask_of_the_terms(person=mother, text="A secret", token=token, **asked)
    focus.weigh(
        influence=wish, version=1, outcome="changed", why="So be it", settled_on=TODAY, by=by
    )
    return planned


def test_plans_promises_questions_and_wishes_wait_with_their_days(review, family, cast):
    everything_waits(review, family, cast)
    found = contacting.worklist(cast.liaison)
    assert {str(need.text): need.due for need in found} == {
        "Get in touch with Mother and Father as planned: contributing": TODAY + days(6),
        "Say what came of the contact planned with Mother: contributing": TODAY - days(20),
        f"Keep the promise to Mother of {_words(TODAY - days(30))}": TODAY - days(20),
        "Answer the question of Mother": TODAY - days(26),
        "Weigh what Mother asked of the terms of reference": TODAY - days(26),
        "Tell Mother what became of what they asked of the terms of reference": TODAY + days(14),
    }
    assert all(need.review == review for need in found)


def _words(day):
    return f"{day.day} {day:%B %Y}"


def test_the_unit_hears_of_what_has_waited_two_weeks_too_long(review, family, cast):
    everything_waits(review, family, cast)
    found = contacting.worklist(cast.unit)
    assert len(found) == 4 and all(need.due < TODAY - days(14) for need in found)
    assert {str(need.holder) for need in found} == {"Family liaison"}
    for role in (Role.LIAISON, Role.LEAD):
        appointment = review.appointments.get(user=cast.people[role])
        people.end_appointment(appointment=appointment, by=cast.unit)
    assert len(texts(cast.unit)) == 6, "nobody is nearer to the family"


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer", "agency", "stranger"])
def test_it_waits_for_nobody_else(review, family, cast, who):
    everything_waits(review, family, cast)
    assert texts(cast.people[who]) == []


def test_on_a_closed_review_nobody_is_waited_for(review, family, cast, monkeypatch):
    everything_waits(review, family, cast)
    monkeypatch.setattr(contacting, "Stage", SimpleNamespace(CLOSED=review.stage))
    assert texts(cast.liaison) == []


def test_it_costs_the_same_for_one_review_and_for_ten(review, family, cast):
    counts = []
    for many in (0, 3, 6):
        for number in range(many):
            other = builders.a_review(cast)
            cast.on(other, Role.LIAISON, Role.LEAD)
            person = a_person(other, cast)
            invite(other, person, cast, ago=60)
            plan(other, [person], cast.liaison, token=f"{many}-{number}", on=TODAY + days(20))
        invite(review, family.mother, cast, ago=60)
        with CaptureQueriesContext(connection) as caught:
            found = contacting.worklist(cast.liaison)
        counts.append(len(caught))
        assert found
    assert counts[1] == counts[2] and counts[2] <= counts[0] + 2 <= 10, counts


def test_evidence_holds_numbers_and_days_and_no_word(review, family, cast):
    for marker, question in ((4, "4.3"), (4, "4.4"), (12, "12.4"), (12, "12.5")):
        said = {row.question: str(row.text) for row in evidence(review, cast.auditor, marker)}
        assert said[question].startswith("No ")
    everything_waits(review, family, cast)
    offered(review, family.mother, cast, ago=20)
    offered(review, family.mother, cast, ago=10, answer="accepted", how="telephone")
    focus.ask(
        review=review,
        people=[family.mother],
        direction="ours",
        text="A secret",
        asked_on=TODAY,
        token="9",
        by=cast.lead,
    )
    found = [*evidence(review, cast.auditor, 4), *evidence(review, cast.auditor, 12)]
    said = " | ".join(str(row.text) for row in found)
    assert "Mother: 2 offers (at a meeting elsewhere, by telephone); said yes" in said
    assert "1 question of the family waits for its answer" in said
    assert "Mother: questions written down: 1, asked so far: 1" in said
    assert "secret" not in said and all(row.url for row in found)
    assert not evidence(review, cast.panel, 4) and not evidence(review, cast.auditor, 5)


def test_the_page_of_a_person_says_how_it_stands(review, family, cast):
    empty = contacting.about_person(family.mother, cast.auditor)
    assert [panel.lines for panel in empty] == [[], []] and all(panel.nothing for panel in empty)
    everything_waits(review, family, cast)
    offered(review, family.mother, cast, ago=10, answer="later")
    contacts, questions = contacting.about_person(family.mother, cast.auditor)
    assert "Perhaps later" in contacts.lines[0] and "1 promise is open" in contacts.lines
    assert any("answered: 0" in str(line) for line in questions.lines)
    assert not contacting.about_person(family.mother, cast.panel)


def test_the_table_of_phases_holds_the_last_contact_of_each(review, family, cast):
    offered(review, family.mother, cast, ago=10)
    last = offered(review, family.mother, cast, ago=5, answer="later")
    offered(review, family.mother, cast, ago=30, phase="terms")
    found = {fact.phase: fact for fact in contacting.family_phases(review, cast.auditor)}
    assert set(found) == {"contributing", "terms"}
    assert found["contributing"].on == last.on and "Perhaps later" in found["contributing"].words
    assert not contacting.family_phases(review, cast.panel)


def test_the_first_page_and_the_navigation_lead_to_them(review, family, cast, sign_in):
    everything_waits(review, family, cast)
    home = sign_in(cast.liaison).get(reverse("home")).content.decode()
    assert "Answer the question of Mother" in home and "secret" not in home
    names = [room["name"] for room in contacting.rooms(review, cast.auditor)]
    assert names == ["families:contacts", "families:questions"]
    assert contacting.rooms(review, cast.panel) == []


def test_an_unanswered_call_is_no_contact(review, family, cast):
    invite(review, family.mother, cast, ago=60)
    offered(review, family.mother, cast, ago=35, answer="took_part")
    offered(review, family.mother, cast, ago=3, answer="no_answer")
    assert "Nobody has been in touch with Mother for five weeks" in texts(cast.liaison)


def test_of_whom_nobody_knows_whether_they_live_is_looked_after(review, family, cast):
    invite(review, family.mother, cast, ago=60)
    review.family.filter(pk=family.mother.pk).update(life="unknown")
    assert texts(cast.liaison) == ["Nobody has been in touch with Mother yet"]
