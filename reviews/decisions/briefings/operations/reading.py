"""Members open a briefing and say that they have read it; or it is given up, with a reason."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from reviews.case.models import Review
from reviews.case.operations import asking
from reviews.decisions.briefings import queries
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock

FOR_A_LATE_JOINER = timedelta(days=14)


@transaction.atomic
def opened(*, briefing: Briefing, by: Any) -> Receipt:
    """Keep when a member first opened it. Who joined after it was issued gets a receipt by this."""
    review = Review.objects.locked(briefing.review_id)
    require(by, Permission.RECEIVE_BRIEFINGS, review)
    receipt = queries.receipt_of(by, briefing) or _of_a_late_joiner(briefing, by)
    if receipt.opened_at is None:
        receipt.opened_at = clock.now()
        receipt.save()
        _record(audit.Event.BRIEFING_OPENED, receipt, by)
    return receipt


def _of_a_late_joiner(briefing: Briefing, by: Any) -> Receipt:
    due_on = max(briefing.read_by or clock.today(), clock.today() + FOR_A_LATE_JOINER)
    receipt = Receipt(
        review=briefing.review,
        briefing=briefing,
        user=by,
        asked_by=briefing.issued_by,
        asked_at=clock.now(),
        due_on=due_on,
    )
    receipt.begin_chasing()
    return receipt


@transaction.atomic
def acknowledge(*, briefing: Briefing, by: Any) -> Receipt:
    """Said once: a second click changes nothing. What was given up may still be read."""
    receipt = opened(briefing=briefing, by=by)
    if receipt.answered_at is None:
        receipt.answered_at, receipt.chase_on = clock.now(), None
        receipt.save()
        _record(audit.Event.BRIEFING_READ, receipt, by)
    return receipt


@transaction.atomic
def give_up(*, receipt: Receipt, by: Any, reason: str) -> None:
    """Raises Refused without a reason, and where nobody waits for it."""
    asking.give_up(asked=receipt, by=by, reason=reason)
    audit.record(
        kind=audit.Event.BRIEFING_GIVEN_UP,
        by=by,
        target=receipt,
        label=str(receipt.user),
        changes={"number": receipt.briefing.number},
    )


def _record(kind: audit.Event, receipt: Receipt, by: Any) -> None:
    audit.record(kind=kind, by=by, target=receipt, changes={"number": receipt.briefing.number})
