"""Events of the audit as components/timeline.html draws them."""

from collections.abc import Iterable
from typing import Any

from scr_portal.audit.models import AuditEvent
from scr_portal.audit.queries import sentence


def told(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    return [{"sentence": sentence(event), "at": event.at} for event in events]
