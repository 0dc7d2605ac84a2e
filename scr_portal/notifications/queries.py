from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from scr_portal.notifications.models import Heartbeat, Notification, NotificationQuerySet

# A heart beats every 15 to 30 seconds; a worker that is busy with one long PDF may miss some.
SILENT_AFTER = timedelta(seconds=110)


def unread_count(user: Any) -> int:
    return Notification.objects.for_person(user).unread().count()


def unread_of(user: Any) -> Combinable:
    """The same, inside the statement of the header of every page."""
    rows = Notification.objects.for_person(user).unread().order_by().values("user")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def inbox(user: Any, *, reference: str = "", unread_only: bool = False) -> NotificationQuerySet:
    """Unread first, the latest on top."""
    rows = Notification.objects.for_person(user)
    if reference:
        rows = rows.filter(reference__icontains=reference)
    if unread_only:
        rows = rows.unread()
    is_unread = ExpressionWrapper(Q(read_at__isnull=True), output_field=BooleanField())
    return rows.annotate(is_unread=is_unread).order_by("-is_unread", "-created_at", "-pk")


def heartbeats() -> dict[str, datetime | None]:
    """When each process was last alive, by name."""
    at = dict(Heartbeat.objects.values_list("process", "at"))
    return {process: at.get(process) for process in Heartbeat.Process.values}


def is_silent(at: datetime | None) -> bool:
    return at is None or at < timezone.now() - SILENT_AFTER
