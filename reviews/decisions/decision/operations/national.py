"""National bodies are told, and the limit for it is met (statutory.md)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations import deadlines
from reviews.case.operations.clicks import key_of
from reviews.decisions.decision import queries
from reviews.decisions.decision.models import NationalNotification
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def tell_bodies(
    *,
    review: Review,
    by: Any,
    token: str,
    bodies: Collection[tuple[str, str]],
    sent_on: date,
    route: str,
    note: str = "",
) -> list[NationalNotification]:
    """Record that each was told. ``bodies`` are pairs of clock and body, the clock empty for none.

    One row for one body and token, however often it comes. With the last body of a clock its date
    is met.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    if not bodies:
        raise Refused(_("Say who was told."))
    if sent_on > clock.today():
        raise Refused(_("The day it was sent can't lie in the future."))
    if sent_on < review.incident_on:
        raise Refused(_("The day it was sent can't lie before the incident."))
    said = {"sent_on": sent_on, "route": route, "note": note}
    rows = [_told(review, by, token, key, body, said) for key, body in bodies]
    _meet(review, by)
    return rows


def _told(
    review: Review, by: Any, token: str, key: str, body: str, said: dict[str, Any]
) -> NationalNotification:
    once = key_of(review, by, token, key, body)
    row, created = NationalNotification.objects.get_or_create(
        token=once,
        defaults={
            "review": review,
            "board": review.board,
            "body": body,
            "clock_key": key,
            "by": by,
            "at": clock.now(),
            **said,
        },
    )
    if created:
        audit.record(
            kind=audit.Event.NATIONAL_BODY_TOLD,
            by=by,
            target=row,
            changes={"on": row.sent_on.isoformat()},
        )
    return row


def _meet(review: Review, by: Any) -> None:
    for telling in queries.tellings(review):
        if telling.left or telling.deadline is None or telling.deadline.met_on:
            continue
        last = max(row.sent_on for row in telling.told.values())
        deadlines.meet(deadline=telling.deadline, on=last, by=by)
