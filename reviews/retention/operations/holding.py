"""Legal holds, and keeping longer than the schedule says."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.permissions import Permission
from reviews.retention.models import Disposal, Hold, Longer
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def locked(board: Board, by: Any, *, review: Any, received: Any) -> tuple[Any, Any]:
    """The review or the referral under its lock. Raises PermissionDenied."""
    require(by, Permission.KEEP_RETENTION, board)
    if review is not None:
        review = Review.objects.locked(review.pk)
        require(by, Permission.VIEW, review)
        require(by, Permission.KEEP_RETENTION, review.board)
    else:
        rows = ReceivedReferral.objects.select_for_update(of=("self",)).select_related("board")
        received = rows.get(pk=received.pk)
        require(by, Permission.KEEP_RETENTION, received.board)
    return review, received


def _record(kind: audit.Event, by: Any, row: Any, **changes: str) -> None:
    audit.record(
        kind=kind,
        by=by,
        target=row,
        board=row.board,
        label=row.about,
        changes=changes,
    )


@transaction.atomic
def hold(
    *,
    board: Board,
    review: Any = None,
    received: Any = None,
    asked_by: str,
    asked_on: date,
    look_again_on: date,
    reason: str,
    by: Any,
) -> Hold:
    """Several may stand at once. Raises Refused where its end has begun, or a day is wrong.

    The same hold again, as a second click sends it, gives the first.
    """
    review, received = locked(board, by, review=review, received=received)
    if asked_on > clock.today():
        raise Refused(_("The day it was asked for can't lie in the future."))
    if look_again_on <= clock.today():
        raise Refused(_("The day to look again must lie in the future."))
    begun = Disposal.objects.filter(state=Disposal.State.ROWS_GONE)
    if review is not None and begun.filter(review_id=review.pk).exists():
        raise Refused(_("Its end has begun: there is nothing left to hold."))
    said = {"asked_by": asked_by.strip(), "asked_on": asked_on, "reason": reason.strip()}
    same = {"review": review, "received": received, "by": by, **said}
    if standing := Hold.objects.filter(lifted_at__isnull=True, **same).first():
        return standing
    owner = (review or received).board
    made = Hold.objects.create(board=owner, look_again_on=look_again_on, at=clock.now(), **same)
    _record(audit.Event.KEEPING_HELD, by, made)
    return made


@transaction.atomic
def lift(*, found: Hold, reason: str, by: Any) -> Hold:
    """Raises Refused where it was lifted already, and without a reason."""
    locked(found.board, by, review=found.review, received=found.received)
    found = Hold.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.lifted_at:
        raise Refused(_("This hold has been lifted already."))
    if not reason.strip():
        raise Refused(_("Say why it is lifted."))
    found.lifted_at, found.lifted_by, found.lifted_reason = clock.now(), by, reason.strip()
    found.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    _record(audit.Event.KEEPING_HOLD_LIFTED, by, found)
    return found


@transaction.atomic
def keep_longer(
    *, board: Board, review: Any = None, received: Any = None, until: date, reason: str, by: Any
) -> Longer:
    """Raises Refused for a day that is not to come, and where its end was proposed."""
    review, received = locked(board, by, review=review, received=received)
    if until <= clock.today():
        raise Refused(_("The day must lie in the future."))
    pk = {"review_id": review.pk} if review is not None else {"received_id": received.pk}
    if Disposal.objects.filter(state__in=Disposal.OPEN, **pk).exists():
        raise Refused(_("Its end is proposed. The chair decides on that first."))
    same = {"review": review, "received": received, "until": until, "reason": reason.strip()}
    if said := Longer.objects.filter(by=by, **same).first():
        return said
    owner = (review or received).board
    made = Longer.objects.create(board=owner, by=by, at=clock.now(), **same)
    _record(audit.Event.KEEPING_LONGER, by, made, until=str(until))
    return made
