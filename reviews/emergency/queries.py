from typing import Any

from django.urls import reverse

from reviews.case.models import Review
from reviews.emergency.models import Emergency, EmergencyQuerySet
from reviews.permissions import Permission
from scr_portal.accounts.models import Board
from scr_portal.audit.models import AuditEvent
from scr_portal.core.contributions import collect


def of_board(board: Board, user: Any) -> EmergencyQuerySet:
    """For whoever looks over them: those of reviews whose history they may read."""
    seen = Review.objects.visible_to(user, Permission.READ_HISTORY)
    rows = Emergency.objects.filter(board=board, review__in=seen)
    return rows.select_related("review", "user", "ended_by", "looked_by")


def to_look_at(user: Any) -> EmergencyQuerySet:
    """What waits for this chair; nobody looks back at their own."""
    reviews = Review.objects.visible_to(user, Permission.SIGN)
    rows = Emergency.objects.filter(review__in=reviews).not_looked_at().exclude(user=user)
    return rows.select_related("review")


def opened_in(emergency: Emergency, user: Any) -> list[dict[str, Any]]:
    """Which pages were opened and when, by the names that the reader's own navigation gives."""
    review = emergency.review
    events = AuditEvent.objects.filter(
        review_id=review.pk,
        actor_id=emergency.user_id,
        kind="emergency_read",
        changes__emergency=emergency.pk,
    )
    pages = [(event.at, event.changes["page"]) for event in events.order_by("at", "pk")]
    names = {str(room["url"]): room["label"] for room in collect("rooms", review, user)}
    front = reverse("reviews:detail", args=[review.pk])
    return [{"at": at, "page": page, "room": _room(page, names, front)} for at, page in pages]


def _room(page: str, names: dict[str, Any], front: str) -> Any:
    """The longest address of a room that the page begins with; the overview only for itself."""
    near = [url for url in names if page.startswith(url) and (url != front or page == front)]
    return names[max(near, key=len)] if near else ""
