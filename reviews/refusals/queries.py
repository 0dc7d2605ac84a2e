from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.models import Board
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock

LOOK_BACK = timedelta(days=30)
REASONS: dict[int, str | Promise] = {
    403: _("Not allowed to this person"),
    404: _("Closed to this person, or not there"),
    429: _("Too many tries"),
}


@dataclass(frozen=True)
class Refusal:
    """``reference`` is empty for a page of the board itself."""

    at: datetime
    who: str
    page: str
    method: str
    reference: str
    reason: str | Promise


def readable(board: Board, user: Any) -> dict[str, str]:
    """References, by number, of those reviews of the board whose history this person may read."""
    seen = Review.objects.visible_to(user, Permission.READ_HISTORY).filter(board=board)
    return {str(pk): reference for pk, reference in seen.values_list("pk", "reference")}


def of_board(board: Board, reviews: dict[str, str], **wanted: Any) -> QuerySet[AuditEvent]:
    """Refusals at the board's own pages and at those reviews: what its people try elsewhere is not
    its affair. They belong to no board in the record, so the caller acts for the portal.
    """
    kind, number = (
        Func(
            F("target_label"), Value(" "), Value(place), function="split_part",
            output_field=TextField(),
        )
        for place in (1, 2)
    )  # fmt: skip
    events = AuditEvent.objects.filter(kind="access_refused", review_id=None)
    events = events.alias(_kind=kind, _number=number).filter(
        Q(_kind="board", _number=board.slug) | Q(_kind="review", _number__in=list(reviews))
    )
    return _narrowed(events, **wanted)


def _narrowed(
    events: QuerySet[AuditEvent],
    *,
    actor_id: int | None = None,
    status: int | None = None,
    since: Any = None,
    until: Any = None,
) -> QuerySet[AuditEvent]:
    if actor_id:
        events = events.filter(actor_id=actor_id)
    if status:
        events = events.filter(changes__status=status)
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events.filter(at__gte=_midnight(since or clock.today() - LOOK_BACK))


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def in_words(event: AuditEvent, reviews: dict[str, str]) -> Refusal:
    """Its address by the name the portal gives it: of what stands there nothing is said."""
    status = event.changes["status"]
    return Refusal(
        at=event.at,
        who=event.actor_name,
        page=event.changes["page"],
        method=event.changes["method"],
        reference=reviews.get(event.target_label.split(" ")[1], ""),
        reason=REASONS.get(status, str(status)),
    )
