"""Contacts with family members: planned, made, changed, called off; and what was declined."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Answer, Contact, ContactPerson, Refusal
from families.involvement.operations import overriding, refusals
from families.involvement.operations.informing import informing_changed
from families.involvement.operations.overriding import record
from families.involvement.rules import contacting
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.changing import change as change_row
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused

Event = audit.Event
YES = (Answer.ACCEPTED, Answer.TOOK_PART)
State = Contact.State
Answers = Mapping[int, tuple[str, str]]  # by person: the answer, and their words


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


def _again(contact: Contact, review: Review) -> tuple[Contact, list[Person]]:
    """The row as it stands now, with who is in it."""
    found = review.contacts.get(pk=contact.pk)
    return found, list(review.family.filter(contacts=found))


@transaction.atomic
def plan(
    *, review: Review, people: Iterable[Person], on: date, token: str, by: Any, **said: Any
) -> Contact:
    """One contact for one token. Raises Refused with whatever stands against it."""
    review = _locked(review.pk, by)
    _refuse_the_past(on)
    said |= {"on": on, "state": State.PLANNED}
    contact, new = _kept(review, people, token, by, said)
    if new:
        record(Event.FAMILY_CONTACT_PLANNED, contact, new, by)
    return contact


@transaction.atomic
def make(
    *,
    review: Review,
    people: Iterable[Person],
    on: date,
    token: str,
    by: Any,
    answers: Answers | None = None,
    not_asked_from: Mapping[int, date] | None = None,
    **said: Any,
) -> Contact:
    """A contact that has been made, planned or not; one for one token.

    ``not_asked_from`` says of those who said no from when nobody asks again without a reason.
    Raises Refused with whatever stood against it, and for a day that can't be.
    """
    review = _locked(review.pk, by)
    _refuse_days(review, on)
    contact, new = _kept(review, people, token, by, said | {"on": on, "state": State.MADE})
    if new:
        _after(contact, new, answers or {}, not_asked_from or {}, by)
    return contact


@transaction.atomic
def made(
    *,
    contact: Contact,
    version: int,
    on: date,
    answers: Answers,
    note: str,
    by: Any,
    not_asked_from: Mapping[int, date] | None = None,
    despite: str = "",
) -> Contact:
    """What was planned has been done. Raises Stale and Refused."""
    review = _locked(contact.review_id, by)
    contact, people = _again(contact, review)
    _refuse_unless_planned(contact)
    _refuse_days(review, on)
    reason = overriding.reason_for(contact, people, {"on": on}, despite, by)
    change_row(contact, version, {"state": State.MADE, "on": on, "note": note} | reason)
    overriding.tell(contact, people, reason, by)
    _after(contact, people, answers, not_asked_from or {}, by)
    return contact


@transaction.atomic
def change(
    *,
    contact: Contact,
    version: int,
    by: Any,
    answers: Answers | None = None,
    not_asked_from: Mapping[int, date] | None = None,
    despite: str = "",
    **fields: Any,
) -> Contact:
    """Of what is planned the plan, of what was made the record too. Raises Stale and Refused."""
    review = _locked(contact.review_id, by)
    contact, people = _again(contact, review)
    had_said_yes = set(contact.with_people.filter(answer__in=YES).values_list("person", flat=True))
    ended_by_it, reason = contact.on, {}
    if contact.state == State.PLANNED:
        _refuse_the_past(fields["on"])
        reason = overriding.reason_for(contact, people, fields, despite, by)
    elif contact.state == State.MADE:
        _refuse_days(review, fields["on"])
    else:
        raise Refused(_("This contact was called off."))
    changed = [change_row(contact, version, fields | reason)]
    overriding.tell(contact, people, reason, by)
    if contact.state == State.MADE:
        changed.append(_answer_anew(contact, answers or {}))
        for person in people:
            if person.pk in had_said_yes and (answers or {}).get(person.pk, YES)[0] not in YES:
                refusals.reopen(person=person, ended_on=ended_by_it, by=by)
        _settle(contact, people, answers or {}, not_asked_from or {}, by)
        informing_changed(review, by)
    if any(changed):
        said = ", ".join(filter(None, changed))
        record(Event.FAMILY_CONTACT_CHANGED, contact, people, by, fields=said)
    return contact


@transaction.atomic
def call_off(*, contact: Contact, version: int, note: str, by: Any) -> Contact:
    """The line stays, with why. Raises Stale and Refused."""
    contact, people = _again(contact, _locked(contact.review_id, by))
    _refuse_unless_planned(contact)
    if not note.strip():
        raise Refused(_("Say why it is called off."))
    change_row(contact, version, {"state": State.CALLED_OFF, "note": note})
    record(Event.FAMILY_CONTACT_CALLED_OFF, contact, people, by)
    return contact


def _kept(
    review: Review, people: Iterable[Person], token: str, by: Any, said: dict[str, Any]
) -> tuple[Contact, list[Person]]:
    """The contact, and who is in it; nobody where it was kept before."""
    key = key_of(review, by, token)
    if kept := Contact.objects.filter(token=key).first():
        return kept, []
    found, despite = _of_the_register(review, people, said), said.pop("despite", "")
    contact = Contact(review=review, by=by, at=clock.now(), token=key, **said)
    reason = overriding.reason_for(contact, found, {}, despite, by)
    for name, value in reason.items():
        setattr(contact, name, value)
    contact.save()
    for person in found:
        ContactPerson(review=review, contact=contact, person=person).save()
    overriding.tell(contact, found, reason, by)
    return contact, found


def _of_the_register(
    review: Review, people: Iterable[Person], said: Mapping[str, Any]
) -> list[Person]:
    """Read anew: whoever is not of this review does not exist here."""
    on = said["on"] if said["state"] == State.MADE else None
    found = list(review.family.filter(pk__in=[person.pk for person in people]))
    if not found:
        raise Refused(_("Choose who it is with."))
    for person in found:
        if not contacting.within_reach(person, made_on=on):
            words = _("Nobody can be in touch with %(person)s: %(why)s.")
            why = str(person.get_life_display()).lower()
            raise Refused(words % {"person": person.pseudonym, "why": why})
    return found


def _after(
    contact: Contact,
    people: list[Person],
    answers: Answers,
    not_asked_from: Mapping[int, date],
    by: Any,
) -> None:
    _answer(contact, answers)
    record(Event.FAMILY_CONTACT_MADE, contact, people, by)
    _settle(contact, people, answers, not_asked_from, by)
    informing_changed(contact.review, by)


def _answer(contact: Contact, answers: Answers) -> None:
    for row in contact.with_people.filter(person__in=answers):
        row.answer, row.words = answers[row.person_id]
        row.save(update_fields=["answer", "words"])


def _answer_anew(contact: Contact, answers: Answers) -> str:
    """The answers belong to the contact's own version. Empty where none has changed."""
    kept = {row.person_id: (row.answer, row.words) for row in contact.with_people.all()}
    if all(kept.get(pk) == answer for pk, answer in answers.items()):
        return ""
    _answer(contact, answers)
    contact.version += 1
    contact.save(update_fields=["version"])
    return _("answers")


def _settle(
    contact: Contact,
    people: Iterable[Person],
    answers: Answers,
    not_asked_from: Mapping[int, date],
    by: Any,
) -> None:
    """Who said no is left in peace from the day they named; who says yes has changed their mind."""
    standing = Refusal.objects.filter(review=contact.review_id, ended_on__isnull=True)
    refused = {row.person_id: row for row in standing}
    for person in people:
        answer, words = answers.get(person.pk, ("", ""))
        kept, since = refused.get(person.pk), not_asked_from.get(person.pk)
        if answer == Answer.DECLINED and since and kept:
            refusals.bring_forward(refusal=kept, said_on=contact.on, not_asked_from=since, by=by)
        elif answer == Answer.DECLINED and since:
            refusals.refuse(
                person=person, said_on=contact.on, not_asked_from=since, words=words, by=by
            )
        elif answer in YES and kept and kept.said_on <= contact.on:
            refusals.end(refusal=kept, ended_on=contact.on, by=by)


def _refuse_the_past(on: date) -> None:
    if on < clock.today():
        raise Refused(_("This day has passed: record the contact as made."))


def _refuse_days(review: Review, on: date) -> None:
    if on > clock.today():
        raise Refused(_("A contact that has been made can’t lie in the future: plan it."))
    if on < review.incident_on:
        words = _("Nobody was in touch for this review before the incident, %(day)s.")
        raise Refused(words % {"day": on_screen(review.incident_on)})


def _refuse_unless_planned(contact: Contact) -> None:
    if contact.state != State.PLANNED:
        raise Refused(
            _("This contact is not planned any more: %(state)s.")
            % {"state": str(contact.get_state_display()).lower()}
        )
