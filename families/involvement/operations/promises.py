"""What somebody of the board promised to a person, kept or given up, and what came of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Promise
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.changing import change as change_row
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

Event = audit.Event


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


def _open(promise: Promise, by: Any) -> Promise:
    """Read anew under the lock. Raises Refused where it is kept or given up already."""
    review = _locked(promise.review_id, by)
    promise = review.promises.select_related("person").get(pk=promise.pk)
    if promise.kept_on:
        raise Refused(_("This promise is on the record as kept already."))
    if promise.given_up_on:
        raise Refused(_("This promise was given up already."))
    return promise


@transaction.atomic
def promise(
    *, person: Person, promised_on: date, due_on: date, token: str, by: Any, **said: Any
) -> Promise:
    """One for one token. Raises Refused for days that can't be."""
    review = _locked(person.review_id, by)
    person = review.family.get(pk=person.pk)
    key = key_of(review, by, token)
    if kept := Promise.objects.filter(token=key).first():
        return kept
    _refuse_days(promised_on, due_on)
    days = {"promised_on": promised_on, "due_on": due_on}
    made = Promise.objects.create(
        review=review, person=person, by=by, at=clock.now(), token=key, **days, **said
    )
    _record(Event.FAMILY_PROMISED, made, by)
    return made


@transaction.atomic
def change(*, promise: Promise, version: int, by: Any, **fields: Any) -> Promise:
    """Raises Stale, and Refused where it is settled already."""
    promise = _open(promise, by)
    _refuse_days(fields["promised_on"], fields["due_on"])
    if changed := change_row(promise, version, fields):
        _record(Event.FAMILY_PROMISE_CHANGED, promise, by, fields=changed)
    return promise


@transaction.atomic
def keep(*, promise: Promise, version: int, kept_on: date, outcome: str, by: Any) -> Promise:
    """Raises Stale, and Refused where it is settled already and for a day that can't be."""
    promise = _open(promise, by)
    _refuse_day(promise, kept_on)
    change_row(promise, version, {"kept_on": kept_on, "outcome": outcome})
    _record(Event.FAMILY_PROMISE_KEPT, promise, by)
    return promise


@transaction.atomic
def give_up(*, promise: Promise, version: int, given_up_on: date, outcome: str, by: Any) -> Promise:
    """With why, and what they were told. Raises Stale and Refused."""
    promise = _open(promise, by)
    _refuse_day(promise, given_up_on)
    if not outcome.strip():
        raise Refused(_("Say why it can’t be kept, and what they were told."))
    change_row(promise, version, {"given_up_on": given_up_on, "outcome": outcome})
    _record(Event.FAMILY_PROMISE_GIVEN_UP, promise, by)
    return promise


def _refuse_days(promised_on: date, due_on: date) -> None:
    if promised_on > clock.today():
        raise Refused(_("The day of the promise can’t lie in the future."))
    if due_on < promised_on:
        raise Refused(_("A promise is to be done by the day it was made, or later."))


def _refuse_day(promise: Promise, on: date) -> None:
    if not promise.promised_on <= on <= clock.today():
        raise Refused(_("The day must lie between that of the promise and today."))


def _record(kind: Event, promise: Promise, by: Any, **changes: Any) -> None:
    audit.record(
        kind=kind,
        by=by,
        target=promise,
        label=promise.person.pseudonym,
        changes={"version": promise.version} | changes,
    )
