"""The outbox's emails: one at a time, each held for as long as the server takes over it."""

import logging
import smtplib
from collections.abc import Callable, Sequence
from typing import Any

from django.core.mail import get_connection
from django.db import DatabaseError

from scr_portal.core.outbox import Leased
from scr_portal.notifications import mail
from scr_portal.notifications.models import Digest, Notification

A_RUN = 200  # emails, then the next message to the worker takes over

# These say that the server is away, not that it dislikes one message.
SERVER_AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)

logger = logging.getLogger(__name__)


def deliver() -> bool:
    return send((Notification, Digest), mail.compose)


def send(queues: Sequence[type[Leased]], compose: Callable[[Any], Any]) -> bool:
    """Send what is due of these outboxes. True when there may be more.

    ``compose`` makes a row's message, or says by ``NotSent`` why it must not go any more. A server
    that is away ends the run: what was not tried waits for the sweep without a longer back-off,
    and one message at a time finds out whether the server has come back.
    """
    post = get_connection()
    try:
        for _ in range(A_RUN):
            row = _next(queues)
            if row is None or not _carry_out(row, compose, post):
                return False
        return True
    finally:
        post.close()


def _next(queues: Sequence[type[Leased]]) -> Leased | None:
    for queue in queues:
        if taken := queue.objects.claim(limit=1):
            return taken[0]
    return None


def _carry_out(row: Leased, compose: Callable[[Any], Any], post: Any) -> bool:
    """False when the server is away."""
    queue = type(row).objects
    try:
        message = compose(row)
        if isinstance(message, mail.NotSent):
            queue.finish(row.pk, note=message.note)
            return True
        with queue.holding(row):
            post.send_messages([message])
    except DatabaseError:
        raise
    except Exception as error:  # one message must not stop those behind it
        queue.fail(row, in_short(error))
        logger.warning("%s %s failed: %s", row._meta.model_name, row.pk, in_short(error))
        return not is_server_away(error)
    queue.finish(row.pk)
    return True


def is_server_away(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, SERVER_AWAY)
    return isinstance(error, OSError)


def in_short(error: Exception) -> str:
    """Class and code alone: what servers say back holds addresses."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    return f"{type(error).__name__} {code}" if code else type(error).__name__
