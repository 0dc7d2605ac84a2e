"""Asking somebody outside to refer a case, by a link that ends (docs/adr/0009)."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.guests import operations as guests
from scr_portal.guests.models import GuestLetter, GuestLink, Letter, Purpose


@transaction.atomic
def ask_outside(*, board: Board, name: str, email: str, days: int, by: Any) -> GuestLink:
    require(by, Permission.OPEN, board)
    link = guests.make(
        purpose=Purpose.REFERRAL,
        board=board,
        email=email,
        name=name,
        by=by,
        lasts=timedelta(days=days),
    )
    guests.write(link=link, letter=Letter.INVITE, key=f"referral:{link.pk}:invite")
    return link


@transaction.atomic
def more_time(*, link: GuestLink, by: Any) -> GuestLink:
    """Three weeks from today, and a letter that says so. A second click of the day writes none."""
    require(by, Permission.OPEN, link.board)
    row = guests.extend(link=link, expires_at=clock.now() + guests.LASTS, by=by)
    key = f"referral:{link.pk}:again:{clock.today()}"
    guests.write(link=row, letter=Letter.REMINDER, key=key)
    return row


@transaction.atomic
def withdraw_link(*, link: GuestLink, by: Any) -> None:
    """The person is told only if they were written to."""
    require(by, Permission.OPEN, link.board)
    guests.withdraw(link=link, by=by)
    if GuestLetter.objects.filter(link=link, done_at__isnull=False, refused_at=None).exists():
        guests.write(link=link, letter=Letter.WITHDRAWN, key=f"referral:{link.pk}:withdrawn")
