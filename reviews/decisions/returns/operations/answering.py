"""An agency answers once: by account, through its link, or by telephone to the business unit."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from reviews.case.models import Review
from reviews.case.operations import asking
from reviews.case.queries import people_with
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations.asking import Row
from reviews.decisions.returns.rules import Said
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests.models import GuestLink, Letter
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


@transaction.atomic
def answer(*, asked: Row, said: Said, by: Any) -> Row:
    """By the person who was asked. Raises Refused where it was answered or given up meanwhile."""
    review = Review.objects.locked(asked.review_id)
    require(by, Permission.ANSWER_REQUESTS, review)
    if not type(asked).objects.of(by).filter(pk=asked.pk).exists():
        raise PermissionDenied
    return _settle(asking.locked(asked), review, said, by=by)


@transaction.atomic
def answer_by_link(*, model: type[Row], link: GuestLink, said: Said) -> Row:
    """Uses the link. Raises ``guests.LinkClosed`` where that or the answer came too late."""
    asked = model.objects.get(link=link)
    review = Review.objects.locked(asked.review_id)
    try:
        row = asking.locked(asked)
    except Refused:
        raise guests.LinkClosed from None
    row = _settle(row, review, said, by=None)
    guests.use(link=link)
    guests.write(link=link, letter=Letter.ARRIVED, key=f"{model._meta.model_name}:{row.pk}:arrived")
    return row


@transaction.atomic
def write_down(*, asked: Row, said: Said, by: Any) -> Row:
    """What an agency said by telephone or on paper; its link opens nothing from now on."""
    review = Review.objects.locked(asked.review_id)
    require(by, Permission.EDIT, review)
    row = _settle(asking.locked(asked), review, said, by=by, on_behalf=True)
    if row.link and not row.link.used_at:
        guests.withdraw(link=row.link, by=by)
    return row


def _settle(row: Row, review: Review, said: Said, *, by: Any, on_behalf: bool = False) -> Row:
    row.review = review
    row.answered_at, row.chase_on = clock.now(), None
    if isinstance(row, AgencyReturn):
        _fill_in(row, said.checked(row.questions), by if on_behalf else None)
    else:
        said = said.checked([])
        row.acknowledged_name, row.note = said.name, said.note
    row.save()
    _record(row, by, on_behalf)
    if not on_behalf:
        _tell(row)
    return row


def _fill_in(row: AgencyReturn, said: Said, written_down_by: Any) -> None:
    states = AgencyReturn.State
    row.state = states.NOTHING_KNOWN if said.nothing_known else states.ANSWERED
    row.answered_name, row.answers, row.note = said.name, dict(said.answers), said.note
    row.written_down_by = written_down_by
    row.version += 1


def _record(row: Row, by: Any, on_behalf: bool) -> None:
    label = str(row.agency)
    if on_behalf:
        audit.record(kind=audit.Event.RETURN_WRITTEN_DOWN, by=by, target=row, label=label)
    elif isinstance(row, PreservationNotice):
        audit.record(kind=audit.Event.PRESERVATION_CONFIRMED, by=by, target=row, label=label)
    else:
        audit.record(kind=audit.Event.RETURN_ANSWERED, by=by, target=row, label=label)


def _tell(row: Row) -> None:
    """The business unit, which reads it where it stands."""
    page = "reviews:return" if isinstance(row, AgencyReturn) else "reviews:preservation"
    notify(
        to=people_with(row.review, Permission.EDIT),
        kind=Kind.AGENCY_ANSWERED,
        key=f"{row._meta.model_name}:{row.pk}:answered",
        link=reverse(page, args=[row.review_id, row.pk]),
        review=row.review,
    )
