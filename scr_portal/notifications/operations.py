from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from scr_portal.core import clock
from scr_portal.notifications.kinds import ALWAYS_AT_ONCE, Kind
from scr_portal.notifications.models import Notification


def due_by_itself(user: Any, kind: Kind) -> bool:
    """Whether an e-mail goes for this notification alone, or it waits for the day's message."""
    return kind in ALWAYS_AT_ONCE or user.mail == user.Mail.AT_ONCE


def notify(
    *, to: Iterable[Any], kind: Kind, key: str, link: str, review: Any = None, board: Any = None
) -> None:
    """Tell people once each: in the caller's transaction, so that a rolled back act tells nobody.

    ``key`` is unique for the act (``stage:<id>``); the same key again is passed over. Who may not
    see the review must not be in ``to``: the caller asks its own door.
    """
    now = clock.now()
    board_id = getattr(review, "board_id", None) or getattr(board, "pk", None)
    rows = [
        Notification(
            user=user,
            kind=kind,
            key=key,
            board_id=board_id,
            review_id=getattr(review, "pk", None),
            reference=getattr(review, "reference", ""),
            link=link,
            created_at=now,
            not_before=timezone.now(),
            done_at=None if due_by_itself(user, kind) else now,
        )
        for user in {user.pk: user for user in to}.values()
        if user.is_active
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.done_at is None for row in rows):
        nudge()


def nudge() -> None:
    """Wake the worker after the commit. A broker that is away costs nothing: the sweep comes."""
    from scr_portal.notifications.tasks import wake

    transaction.on_commit(wake, robust=True)
