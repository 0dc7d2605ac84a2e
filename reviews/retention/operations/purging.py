"""What goes by itself once its time is over: copies, and whom a link was sent to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.retention import queries
from reviews.retention.holdings import REMOVED
from reviews.retention.kinds import Kind
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.dates import add_months
from scr_portal.guests.models import GuestLink


def purge() -> int:
    """How many rows went. A board without an agreed schedule keeps all of them."""
    gone = 0
    for board in Board.objects.order_by("pk"):
        lines = queries.lines_of(queries.in_force(board))
        for kind, act in ((Kind.COPIES, _copies), (Kind.GUESTS, _guests)):
            line = lines.get(kind)
            if line and line.months is not None:
                gone += _carried_out(board, kind, line.months, act)
    return gone


@transaction.atomic
def _carried_out(
    board: Board, kind: Kind, months: int, act: Callable[[Board, datetime], int]
) -> int:
    now = clock.now()
    day = add_months(now.date(), -months)
    count = act(board, now.replace(year=day.year, month=day.month, day=day.day))
    if count:
        changes = {"count": count}
        audit.record(
            kind=audit.Event.BOARD_PURGED,
            by=None,
            board=board,
            label=str(kind.label),
            changes=changes,
        )
    return count


def _copies(board: Board, before: datetime) -> int:
    return sum(collect("copies_to_purge", board, before, queries.held_reviews()))


def _guests(board: Board, before: datetime) -> int:
    """Where the review is closed, or there is none: until then somebody may have to ask again."""
    over = Q(used_at__lt=before) | Q(withdrawn_at__lt=before)
    over |= Q(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__lt=before)
    going_on = Review.objects.exclude(stage=Stage.CLOSED).filter(pk=OuterRef("review_id"))
    held: Any = queries.standing_holds().filter(received__link=OuterRef("pk"))
    links = GuestLink.objects.filter(over, ~Exists(going_on), ~Exists(held), board=board)
    links = links.exclude(review_id__in=queries.held_reviews())
    # What is encrypted can't be compared by the database.
    named = [each.pk for each in links if each.recipient_name != REMOVED]
    return GuestLink.objects.filter(pk__in=named).update(
        recipient_name=REMOVED, recipient_email="", draft="", draft_saved_at=None
    )
