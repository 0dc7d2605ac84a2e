"""A history in sentences."""

import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from scr_portal.audit.events import Event
from scr_portal.audit.groups import GROUPS
from scr_portal.audit.models import AuditEvent
from scr_portal.audit.sentences import SENTENCES
from scr_portal.core.dates import on_screen

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def history_of(review_id: UUID) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(review_id=review_id)


def narrowed(
    events: QuerySet[AuditEvent],
    *,
    group: str = "",
    actor_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """Both days count, by London's calendar."""
    if group:
        events = events.filter(kind__in=GROUPS[group].kinds)
    if actor_id:
        events = events.filter(actor_id=actor_id)
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def actors_of(events: QuerySet[AuditEvent]) -> list[tuple[int, str]]:
    """Everybody who appears in a history, under the name they had last."""
    rows = (
        events.filter(actor_id__isnull=False)
        .order_by("actor_id", "-at", "-id")
        .distinct("actor_id")
        .values_list("actor_id", "actor_name")
    )
    return sorted(((pk, name) for pk, name in rows if pk), key=lambda row: row[1].casefold())


def sentence(event: AuditEvent) -> str:
    """What happened, in the reader's language. A key that was not recorded shows as dots."""
    if event.kind not in Event.values:
        return event.kind
    words: defaultdict[str, Any] = defaultdict(lambda: "…")
    words.update({key: _in_words(value) for key, value in event.changes.items()})
    words.update(who=event.actor_name or _("The portal"), label=event.target_label)
    return str(SENTENCES[Event(event.kind)]).format_map(words)


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(item) for item in value)
    text = str(value)
    if _DAY.fullmatch(text):
        try:
            return on_screen(date.fromisoformat(text))
        except ValueError:
            return text
    return text
