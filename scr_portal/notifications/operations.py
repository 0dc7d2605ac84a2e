import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from scr_portal.audit import operations as audit
from scr_portal.core import clock, outbox
from scr_portal.core.outbox import Leased
from scr_portal.notifications.kinds import ALWAYS_AT_ONCE, Kind
from scr_portal.notifications.models import Notification


def due_by_itself(user: Any, kind: Kind) -> bool:
    """Whether an email goes for this notification alone, or it waits for the day's message."""
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


def invite(invitation: Any) -> None:
    """The letter with the link, which is made when it is sent: no token is kept here."""
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=invitation.user_id,
                kind=Kind.INVITATION,
                key=f"invitation:{invitation.pk}",
                board_id=invitation.board_id,
                created_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )
    nudge()


def write_to(*, user: Any, kind: Kind, link: str = "") -> None:
    """About the person's own account: each time anew, and at once."""
    key = f"{kind}:{secrets.token_hex(8)}"
    notify(to=[user], kind=kind, key=key, link=link)


# For a sweep that tells thousands at a time: goes after "WITH ..., told AS (...)", where ``told``
# has user_id, kind, key, board_id, review_id, reference and link. The same rules as notify():
# active people, once for each key, and by itself or in the day's message.
INSERT_TOLD = """
INSERT INTO notifications_notification
    (user_id, kind, key, board_id, review_id, reference, link,
     created_at, not_before, done_at, attempts, last_error)
SELECT told.user_id, told.kind, told.key, told.board_id, told.review_id, told.reference, told.link,
       %(now)s, %(now)s,
       CASE WHEN told.kind = ANY(%(always_at_once)s) OR person.mail = 'at_once'
            THEN NULL ELSE %(now)s END,
       0, ''
  FROM told JOIN accounts_user person ON person.id = told.user_id AND person.is_active
ON CONFLICT (user_id, key) DO NOTHING
"""


def told_parameters() -> dict[str, Any]:
    return {"now": clock.now(), "always_at_once": sorted(str(kind) for kind in ALWAYS_AT_ONCE)}


def nudge() -> None:
    """Wake the worker after the commit. A broker that is away costs nothing: the sweep comes."""
    from scr_portal.notifications.tasks import deliver  # tasks import operations

    outbox.nudge(deliver)


@transaction.atomic
def mark_read(*, by: Any, pk: int | None = None, up_to: int | None = None) -> int:
    """One, or all up to the newest that the page showed; what came since stays unread."""
    rows = Notification.objects.for_person(by).unread()
    rows = rows.filter(pk__lte=up_to) if pk is None else rows.filter(pk=pk)
    return rows.update(read_at=clock.now())


@transaction.atomic
def retry(*, message: Leased, board: Any, by: Any) -> bool:
    """False where it has gone since, or is being sent now."""
    if not type(message).objects.retry(message.pk):
        return False
    audit.record(
        kind=audit.Event.NOTIFICATION_RETRIED,
        by=by,
        board=board,
        target=message,
        label=str(message._meta.verbose_name),
    )
    nudge()
    return True
