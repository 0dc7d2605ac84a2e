"""Contacts as operations: what is refused, what yields to a reason, and once for two clicks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from families.involvement.models import Answer, Contact, Refusal, Standing
from families.involvement.operations import contacts, refusals
from families.people.models import Person
from reviews.case.operations.record import Stale
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.models import Notification
from tests import builders
from tests.families.conftest import a_person
from tests.families.involvement.test_contacting_rules import decide, keep_apart

TODAY = clock.today()
SOON = TODAY + timedelta(days=5)
SAID = {"phase": "contributing", "how": "meeting", "by_whom": "Liaison Invented"}


def plan(review, people, by, **given):
    return contacts.plan(
        review=review, people=people, by=by, **{"on": SOON, "token": "one"} | SAID | given
    )


def make(review, people, by, **given):
    return contacts.make(
        review=review, people=people, by=by, **{"on": TODAY, "token": "one"} | SAID | given
    )


def kinds(review):
    return list(AuditEvent.objects.filter(review_id=review.pk).values_list("kind", flat=True))


@pytest.mark.parametrize("who", ["unit", "lead", "liaison"])
def test_who_keeps_the_family_plans_a_contact_with_several_people(review, family, cast, who):
    made = plan(review, [family.mother, family.grandmother], cast.people[who], where="Library")
    assert {row.person for row in made.with_people.all()} == {family.mother, family.grandmother}
    assert made.state == "planned" and made.board_id == review.board_id
    event = AuditEvent.objects.get(kind="family_contact_planned")
    assert event.target_label == "Mother and Maternal grandmother"
    assert "Library" not in str(event.changes)


@pytest.mark.parametrize("who", ["chair", "auditor", "panel", "observer", "agency", "stranger"])
def test_nobody_else_does(review, family, cast, who):
    by = cast.people[who]
    for act in (plan, make):
        with pytest.raises(PermissionDenied):
            act(review, [family.mother], by)
    planned = plan(review, [family.mother], cast.liaison)
    once = {"contact": planned, "version": 1, "by": by}
    with pytest.raises(PermissionDenied):
        contacts.made(**once, on=TODAY, answers={}, note="")
    with pytest.raises(PermissionDenied):
        contacts.call_off(**once, note="No")
    with pytest.raises(PermissionDenied):
        contacts.change(**once, on=SOON)
    with pytest.raises(PermissionDenied):
        refusals.refuse(person=family.mother, said_on=TODAY, not_asked_from=TODAY, by=by)


def test_what_was_said_before_a_death_can_still_be_recorded(review, family, cast):
    died = TODAY - timedelta(days=2)
    Person.objects.filter(pk=family.father.pk).update(life="died", died_on=died)
    assert make(review, [family.father], cast.liaison, on=died).state == "made"
    with pytest.raises(Refused, match="Father: died"):
        make(review, [family.father], cast.liaison, on=died + timedelta(days=1), token="late")
    with pytest.raises(Refused, match="Father: died"):
        plan(review, [family.father], cast.liaison, token="later")


def test_two_clicks_keep_one_contact(review, family, cast):
    for act in (plan, make):
        first, second = (act(review, [family.mother], cast.liaison, token=str(act)) for _ in "ab")
        assert first == second
    assert Contact.objects.count() == 2
    assert kinds(review).count("family_contact_made") == 1
    assert kinds(review).count("family_contact_planned") == 1


def test_a_contact_needs_somebody_of_this_review_who_is_alive(review, family, cast):
    with pytest.raises(Refused, match="Choose who it is with"):
        plan(review, [], cast.liaison)
    other = builders.a_review(cast)
    stranger = a_person_of_unit(other, cast)
    with pytest.raises(Refused, match="Choose who it is with"):
        plan(review, [stranger], cast.liaison)
    Person.objects.filter(pk=family.father.pk).update(life="died")
    with pytest.raises(Refused, match="Father: died"):
        plan(review, [family.father], cast.liaison)


def a_person_of_unit(review, cast):
    from families.people.operations.people import add_person

    return add_person(review=review, by=cast.unit, pseudonym="Uncle", relationship="other")


def test_what_is_planned_lies_ahead_and_what_was_made_behind(review, family, cast):
    with pytest.raises(Refused, match="This day has passed"):
        plan(review, [family.mother], cast.liaison, on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="plan it"):
        make(review, [family.mother], cast.liaison, on=SOON)
    with pytest.raises(Refused, match="before the incident"):
        make(review, [family.mother], cast.liaison, on=review.incident_on - timedelta(days=1))


@pytest.mark.parametrize("how", ["meeting", "visit", "video", "letter", "telephone"])
def test_no_reason_puts_two_into_one_contact_who_are_kept_apart(review, family, cast, how):
    keep_apart(review, family.mother, family.father, cast.liaison)
    both = [family.father, family.mother]
    for act in (plan, make):
        for by in (cast.unit, cast.liaison):
            with pytest.raises(Refused) as refused:
                act(review, both, by, how=how, despite="They both want it")
            assert "Mother and Father" in str(refused.value)
            assert "threatened" not in str(refused.value)
    assert not Contact.objects.exists()
    assert plan(review, [family.mother], cast.unit)


def test_two_kept_apart_since_it_was_planned_do_not_meet(review, family, cast):
    planned = plan(review, [family.mother, family.father], cast.unit)
    keep_apart(review, family.mother, family.father, cast.liaison)
    with pytest.raises(Refused, match="can’t be put into one contact"):
        contacts.made(contact=planned, version=1, on=TODAY, answers={}, note="", by=cast.unit)
    assert contacts.call_off(contact=planned, version=1, note="Not together", by=cast.unit)


def test_a_reason_is_kept_told_and_written_into_the_history(review, family, cast):
    decide(review, family.father, "not_invited", cast.lead)
    with pytest.raises(Refused, match="not to invite Father"):
        plan(review, [family.father], cast.liaison, is_offer=True)
    made = plan(review, [family.father], cast.liaison, is_offer=True, despite="He rang us himself.")
    assert made.despite == "He rang us himself."
    event = AuditEvent.objects.get(kind="family_contact_despite")
    assert "rang" not in f"{event.target_label}{event.changes}"
    told = Notification.objects.filter(kind="family_despite")
    assert {row.user for row in told} == {cast.chair, cast.unit}
    assert all(str(made.pk) in row.link for row in told)


def test_who_gives_the_reason_is_not_told_of_it(review, family, cast):
    decide(review, family.father, "later", cast.lead)
    make(review, [family.father], cast.unit, is_offer=True, despite="He rang.")
    told = Notification.objects.filter(kind="family_despite")
    assert [row.user for row in told] == [cast.chair]


def test_a_reason_against_nothing_is_not_kept(review, family, cast):
    made = plan(review, [family.mother], cast.liaison, despite="Just in case")
    assert made.despite == "" and "family_contact_despite" not in kinds(review)


def test_a_contact_made_as_planned_has_an_answer_for_each(review, family, cast):
    planned = plan(review, [family.mother, family.grandmother], cast.liaison)
    answers = {
        family.mother.pk: (Answer.TOOK_PART, "I was glad to be asked."),
        family.grandmother.pk: (Answer.NO_ANSWER, ""),
    }
    once = {"contact": planned, "on": TODAY, "answers": answers, "note": "", "by": cast.liaison}
    made = contacts.made(version=1, **once)
    assert made.state == "made" and made.on == TODAY and made.version == 2
    kept = {row.person_id: (row.answer, row.words) for row in made.with_people.all()}
    assert kept == answers
    with pytest.raises(Refused, match="not planned any more"):
        contacts.made(version=2, **once)
    with pytest.raises(Refused, match="not planned any more"):
        contacts.call_off(contact=made, version=2, note="No", by=cast.liaison)


def test_somebody_else_saved_first(review, family, cast):
    planned = plan(review, [family.mother], cast.liaison)
    changed = contacts.change(
        contact=planned, version=1, by=cast.lead, **SAID | {"on": SOON, "how": "telephone"}
    )
    assert changed.version == 2
    for act, given in (
        (contacts.change, SAID | {"on": SOON, "how": "visit"}),
        (contacts.made, {"on": TODAY, "answers": {}, "note": ""}),
        (contacts.call_off, {"note": "No"}),
    ):
        with pytest.raises(Stale):
            act(contact=planned, version=1, by=cast.liaison, **given)
    planned.refresh_from_db()
    assert planned.how == "telephone" and planned.state == "planned"


def test_the_record_of_a_contact_is_put_right_with_its_answers(review, family, cast):
    made = make(review, [family.mother], cast.liaison)
    answers = {family.mother.pk: (Answer.LATER, "After the funeral")}
    changed = contacts.change(
        contact=made, version=1, by=cast.lead, answers=answers, on=TODAY, note="Put right"
    )
    assert changed.with_people.get().answer == "later" and changed.note == "Put right"
    with pytest.raises(Stale):
        contacts.change(contact=made, version=1, by=cast.unit, answers={}, on=TODAY, note="")
    before = kinds(review)
    contacts.change(
        contact=made,
        version=changed.version,
        by=cast.lead,
        answers=answers,
        on=TODAY,
        note="Put right",
    )
    assert kinds(review) == before


def test_what_was_called_off_says_why_and_stays(review, family, cast):
    planned = plan(review, [family.mother], cast.liaison)
    with pytest.raises(Refused, match="Say why"):
        contacts.call_off(contact=planned, version=1, note=" ", by=cast.liaison)
    off = contacts.call_off(contact=planned, version=1, note="She is ill.", by=cast.liaison)
    assert off.state == "called_off" and off.note == "She is ill."
    with pytest.raises(Refused, match="called off"):
        contacts.change(contact=off, version=off.version, by=cast.liaison, on=SOON)


def said_no(review, family, cast, **given):
    answers = {family.mother.pk: (Answer.DECLINED, "Please leave me alone.")}
    given = {"is_offer": True, "answers": answers} | given
    return make(review, [family.mother], cast.liaison, **given)


def test_who_says_no_is_left_in_peace_and_her_planned_offers_are_called_off(review, family, cast):
    offer = plan(review, [family.mother], cast.liaison, is_offer=True, token="offer")
    both = plan(review, [family.mother, family.father], cast.liaison, is_offer=True, token="both")
    talk = plan(review, [family.mother], cast.liaison, token="talk")
    said_no(review, family, cast, not_asked_from={family.mother.pk: TODAY})
    no = Refusal.objects.get()
    assert (no.person, no.not_asked_from, no.words) == (
        family.mother,
        TODAY,
        "Please leave me alone.",
    )
    states = [Contact.objects.get(pk=row.pk).state for row in (offer, both, talk)]
    assert states == ["called_off", "planned", "planned"]
    with pytest.raises(Refused, match="Mother said no"):
        plan(review, [family.mother], cast.liaison, token="again")
    assert plan(review, [family.mother], cast.liaison, token="why", despite="She rang us.")


def test_a_no_to_one_offer_alone_stops_nobody(review, family, cast):
    said_no(review, family, cast)
    assert not Refusal.objects.exists()
    assert plan(review, [family.mother], cast.liaison, token="again", is_offer=True)


def test_who_says_yes_has_changed_their_mind(review, family, cast):
    said_no(review, family, cast, not_asked_from={family.mother.pk: TODAY})
    yes = {family.mother.pk: (Answer.ACCEPTED, "")}
    make(review, [family.mother], cast.liaison, token="2", despite="She rang.", answers=yes)
    no = Refusal.objects.get()
    assert no.ended_on == TODAY and no.ended_by == cast.liaison


def test_a_refusal_stands_once_and_ends_once(review, family, cast):
    days = {"said_on": TODAY, "not_asked_from": TODAY}
    for wrong in (
        {"said_on": SOON, "not_asked_from": SOON},
        {"not_asked_from": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            refusals.refuse(person=family.mother, by=cast.liaison, **days | wrong)
    no = refusals.refuse(person=family.mother, by=cast.liaison, **days)
    with pytest.raises(Refused, match="on the record already"):
        refusals.refuse(person=family.mother, by=cast.lead, **days)
    with pytest.raises(Refused, match="or after the day"):
        refusals.end(refusal=no, ended_on=SOON, by=cast.liaison)
    with pytest.raises(PermissionDenied):
        refusals.end(refusal=no, ended_on=TODAY, by=cast.chair)
    assert refusals.end(refusal=no, ended_on=TODAY, by=cast.liaison).ended_by == cast.liaison
    with pytest.raises(Refused, match="changed their mind"):
        refusals.end(refusal=no, ended_on=TODAY, by=cast.liaison)
    assert a_person(review, cast, "Somebody else")


def test_a_kept_reason_answers_nothing_that_came_after_it(review, family, cast):
    decide(review, family.father, "later", cast.lead)
    planned = plan(review, [family.father], cast.liaison, is_offer=True, despite="He rang us.")
    once = {"contact": planned, "on": TODAY, "answers": {}, "note": "", "by": cast.liaison}
    Standing.objects.create(
        review=review, person=family.father, kind="criminal", part="suspect", by=cast.unit
    )
    for words in ("", "He rang us."):
        with pytest.raises(Refused, match="no investigating officer") as refused:
            contacts.made(version=1, despite=words, **once)
        assert "not to invite" not in str(refused.value)
    Notification.objects.all().delete()
    made = contacts.made(version=1, despite="The officer's deputy agreed.", **once)
    assert made.despite == "He rang us.\n\nThe officer's deputy agreed."
    told = Notification.objects.filter(kind="family_despite")
    assert {row.user for row in told} == {cast.chair, cast.unit}


def test_a_reason_is_asked_once_for_the_same_obstacle(review, family, cast):
    decide(review, family.father, "later", cast.lead)
    planned = plan(review, [family.father], cast.liaison, is_offer=True, despite="He rang us.")
    once = {"contact": planned, "on": TODAY, "answers": {}, "note": "", "by": cast.liaison}
    assert contacts.made(version=1, **once).despite == "He rang us."


def test_a_yes_put_right_to_a_no_lets_the_earlier_refusal_stand(review, family, cast):
    said_no(review, family, cast, not_asked_from={family.mother.pk: TODAY})
    yes = {family.mother.pk: (Answer.ACCEPTED, "")}
    made = make(review, [family.mother], cast.liaison, token="2", despite="She rang.", answers=yes)
    assert Refusal.objects.get().ended_on == TODAY
    no = {family.mother.pk: (Answer.DECLINED, "")}
    contacts.change(contact=made, version=1, by=cast.lead, answers=no, on=TODAY, note="")
    kept = Refusal.objects.get()
    assert kept.ended_on is None and kept.ended_by is None


def test_another_no_counts_from_the_earlier_of_the_two_days(review, family, cast):
    refusals.refuse(
        person=family.mother, said_on=TODAY, not_asked_from=SOON, by=cast.liaison, words="Not now"
    )
    said_no(review, family, cast, not_asked_from={family.mother.pk: TODAY})
    kept = Refusal.objects.get()
    assert (kept.not_asked_from, kept.words) == (TODAY, "Not now")


def test_who_took_part_has_changed_their_mind(review, family, cast):
    said_no(review, family, cast, not_asked_from={family.mother.pk: TODAY})
    came = {family.mother.pk: (Answer.TOOK_PART, "")}
    make(review, [family.mother], cast.liaison, token="2", despite="She rang.", answers=came)
    assert Refusal.objects.get().ended_on == TODAY
