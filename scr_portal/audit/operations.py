from typing import Any

from django.db import models, router

from scr_portal.audit.events import Event
from scr_portal.audit.models import SEPARATOR, AuditEvent
from scr_portal.core import clock

PORTAL = "portal"


def _plain(text: str) -> str:
    return text.replace(SEPARATOR, " ")


def record(
    *,
    kind: Event,
    by: Any,
    target: models.Model | None = None,
    review: Any = None,
    board: Any = None,
    changes: dict[str, Any] | None = None,
    label: str = "",
) -> None:
    """Add one event in the caller's transaction: an act that is rolled back leaves none.

    ``changes`` holds what the sentence needs and names of fields; never a text of the case.
    ``review`` is taken from the target where it has one of its own.
    """
    review = review or getattr(target, "review", None)
    board_id = getattr(board or review or target, "board_id", None) or getattr(board, "pk", None)
    # A room below the reviews keeps their number alone.
    review_id = getattr(review or target, "pk" if review else "review_id", None)
    event = AuditEvent(
        at=clock.now(),
        kind=kind,
        actor_id=getattr(by, "pk", None),
        actor_name=_plain(str(by)) if by is not None else "",
        board_id=board_id,
        review_id=review_id,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=_plain(label or (str(target) if target is not None else ""))[:300],
        changes=changes or {},
        chain=str(review_id or PORTAL),
    )
    # Who has no reach adds events and reads none back, so the row's number is not asked for.
    fields = [each for each in AuditEvent._meta.concrete_fields if not each.primary_key]
    rows: Any = AuditEvent._base_manager
    rows._insert([event], fields=fields, using=router.db_for_write(AuditEvent))
