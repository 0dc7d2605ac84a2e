"""What letters to guests say: who asks, by which day, the link, whom to ask. Nothing of a case."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.guests.models import GuestLetter, Letter, Purpose
from scr_portal.guests.tokens import path_of
from scr_portal.notifications import delivery
from scr_portal.notifications.mail import NotSent, message_id

WITH_LINK = {Letter.INVITE, Letter.REMINDER}
# To people whose messages somebody else may read: not even who writes, or that there is a case.
PRIVATE = {Purpose.EVALUATION}


def deliver() -> bool:
    """True when there may be more."""
    return delivery.send((GuestLetter,), compose)


def compose(row: GuestLetter) -> EmailMessage | NotSent:
    link = row.link
    path = path_of(link) if row.letter in WITH_LINK else None
    if row.letter in WITH_LINK and (path is None or not link.is_open):
        return NotSent("The link was used, withdrawn or has run out.")
    said = sentence(link.purpose, Letter(row.letter), str(link.board))
    wanted = next(iter(collect("guest_wanted_on", link)), None) if path else None
    context: dict[str, Any] = {
        "said": said,
        "link": link,
        "wanted": wanted,
        "late": wanted and wanted < clock.today(),
        "url": settings.PORTAL_URL + path if path else "",
        "contact": link.created_by,
    }
    private = link.purpose in PRIVATE
    short = private or str(link.board) in said
    return EmailMessage(
        subject=said if short else f"{link.board}: {said}",
        body=render_to_string("mail/guest_private.txt" if private else "mail/guest.txt", context),
        from_email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if private else None,
        to=[link.recipient_email],
        headers={"Message-ID": message_id(row, link.pk), "Auto-Submitted": "auto-generated"},
    )


def sentence(purpose: str, letter: Letter, board: str) -> str:
    if purpose in PRIVATE:
        return _("A short form for you")
    by_purpose = {
        Purpose.REFERRAL.value: _("{board} has opened a form for you"),
        Purpose.RETURN.value: _("{board} asks your agency to fill in a short form"),
        Purpose.PRESERVATION.value: _("{board} asks your agency to confirm a notice"),
    }
    asked = by_purpose.get(purpose, _("{board} asks you for an answer"))
    reminder = _("{board} still waits for your answer")
    if purpose in Purpose:
        reminder = _("{board} still waits for you {purpose}")
    words = {
        Letter.INVITE: asked,
        Letter.REMINDER: reminder,
        Letter.WITHDRAWN: _("{board} no longer needs your answer"),
        Letter.ARRIVED: _("What you sent to {board} has arrived"),
        Letter.ANSWERED: _("{board} has looked at what you sent"),
    }[letter]
    return words.format(board=board, purpose=Purpose(purpose).label if purpose in Purpose else "")
