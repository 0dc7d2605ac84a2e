"""What the decision rests on besides the returns (QM 2.1, 2.3)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.record import Stale
from reviews.decisions.referrals.rules import labels
from reviews.decisions.returns.models import Gathering, NeighbourCheck
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def save_gathering(*, review: Review, version: int, by: Any, **fields: Any) -> Gathering:
    """``version`` as it was read, 0 where there was none. Raises Stale where it has changed."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    row = Gathering.objects.filter(review=review).select_related("changed_by").first()
    if (row.version if row else 0) != version:
        raise Stale(row)
    row = row or Gathering(review=review, version=0)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if row.pk and not changed:
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    row.changed_by, row.changed_at = by, clock.now()
    row.version += 1
    row.save()
    audit.record(
        kind=audit.Event.GATHERING_CHANGED,
        by=by,
        target=row,
        changes={"fields": labels(Gathering, changed)},
    )
    return row


@transaction.atomic
def add_neighbour(*, review: Review, by: Any, **fields: Any) -> NeighbourCheck:
    """Raises Refused for a board that is on record for that time already, as by a second click."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    same = NeighbourCheck.objects.filter(
        review=review, board_name__iexact=fields["board_name"], period=fields.get("period", "")
    )
    if same.exists():
        raise Refused(_("This board is on record for that time already."))
    _sound(fields)
    check = NeighbourCheck.objects.create(review=review, by=by, at=clock.now(), **fields)
    audit.record(kind=audit.Event.NEIGHBOUR_ADDED, by=by, target=check)
    return check


@transaction.atomic
def change_neighbour(
    *, check: NeighbourCheck, version: int, by: Any, **fields: Any
) -> NeighbourCheck:
    """Raises Stale where somebody else has changed it since ``version`` was read."""
    review = Review.objects.locked(check.review_id)
    require(by, Permission.EDIT, review)
    row = NeighbourCheck.objects.get(pk=check.pk)
    if row.version != version:
        raise Stale(row)
    _sound(fields)
    if all(getattr(row, name) == value for name, value in fields.items()):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit.record(kind=audit.Event.NEIGHBOUR_CHANGED, by=by, target=row)
    return row


def _sound(fields: dict[str, Any]) -> None:
    asked, answered = fields.get("asked_on"), fields.get("answered_on")
    if answered and not asked:
        raise Refused(_("A board that has answered was asked: give the day."))
    if asked and answered and answered < asked:
        raise Refused(_("It can't have answered before it was asked."))
    if asked and fields.get("not_asked_reason"):
        raise Refused(_("The board was asked, so leave out why it was not."))
