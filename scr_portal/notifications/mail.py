"""The text of emails: that something waits, its reference, a link. Never a name or case content.

A message's Message-ID comes from its row, so that one that was sent twice, because a worker died
between the server's yes and its own note of it, can be told by any mail program as the same one.
"""

from collections import Counter
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scr_portal.accounts import invitations, resets
from scr_portal.core.outbox import Leased
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Digest, Notification

# Say what to do, in a template of their own name.
WITH_ADVICE = {Kind.PASSWORD_TRIED, Kind.FACTOR_TRIED}


@dataclass(frozen=True)
class NotSent:
    """Why a message must not go any more; kept with the row."""

    note: str


def compose(row: Notification | Digest) -> EmailMessage | NotSent:
    if isinstance(row, Digest):
        return _day(row)
    letters = {Kind.INVITATION: _invitation, Kind.PASSWORD_RESET: _password_reset}
    return letters.get(Kind(row.kind), _single)(row)


def _single(row: Notification) -> EmailMessage | NotSent:
    """Asked again at the last moment: a person whose role has ended is told nothing more."""
    if not Notification.objects.for_person(row.user).filter(pk=row.pk).exists():
        return NotSent("The person may no longer see what it is about.")
    if not row.user.is_active:
        return NotSent("The account is closed.")
    url = _url(row.link or reverse("notifications:inbox"))
    template = row.kind if row.kind in WITH_ADVICE else "notification"
    return _message(row, row.sentence, template, {"sentence": row.sentence, "url": url})


def _invitation(row: Notification) -> EmailMessage | NotSent:
    link = invitations.link_for(row.user)
    if link is None:
        return NotSent("The invitation was used, withdrawn or has run out.")
    days = invitations.LASTS.days
    return _message(row, row.sentence, "invitation", {"url": _url(link), "days": days})


def _password_reset(row: Notification) -> EmailMessage | NotSent:
    link = resets.link_for(row.user)
    if link is None:
        return NotSent("The account is closed, or has no password yet.")
    minutes = resets.lasts_minutes()
    return _message(row, row.sentence, "password_reset", {"url": _url(link), "minutes": minutes})


def _day(row: Digest) -> EmailMessage | NotSent:
    if not row.user.is_active:
        return NotSent("The account is closed.")
    waiting = Notification.objects.for_person(row.user).unread().filter(digest=row)
    lines = _counted(waiting)
    if not lines:
        return NotSent("Nothing was left to tell.")
    number = sum(line["number"] for line in lines)
    subject = ngettext(
        "%(number)s notification waits for you", "%(number)s notifications wait for you", number
    ) % {"number": number}
    return _message(row, subject, "day", {"lines": lines, "number": number})


def _counted(waiting: Any) -> list[dict[str, Any]]:
    """One line for each kind and review, however often it happened."""
    rows = list(waiting.order_by("reference", "kind", "-pk"))
    counts = Counter((row.sentence, row.link) for row in rows)
    return [
        {"sentence": sentence, "number": number, "url": _url(link) if link else ""}
        for (sentence, link), number in counts.items()
    ]


def _message(
    row: Notification | Digest, subject: str, template: str, context: dict[str, Any]
) -> EmailMessage:
    context = {**context, "inbox": _url(reverse("notifications:inbox"))}
    return EmailMessage(
        subject=_("SCR Portal: %(subject)s") % {"subject": subject},
        body=render_to_string(f"mail/{template}.txt", context),
        to=[row.user.email],
        headers={"Message-ID": message_id(row, row.user_id), "Auto-Submitted": "auto-generated"},
    )


def message_id(row: Leased, recipient: Any) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{row._meta.model_name}-{row.pk}-{recipient}@{domain}>"


def _url(path: str) -> str:
    return settings.PORTAL_URL + path
