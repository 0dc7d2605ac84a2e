"""The token of a link (``link.token``): made again whenever it is needed, never kept.

It is an HMAC of the row under SECRET_KEY, so the worker that sends the letter can make it, and the
database alone, which holds only its SHA-256, lets nobody in. The end of the link is no part of it:
a link that is given more time stays the same link.
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from scr_portal.accounts.invitations import hashed
from scr_portal.guests.models import GuestLink

RECEIPT_LASTS = timedelta(hours=1)


def path_of(link: GuestLink) -> str | None:
    """For the letter; None where SECRET_KEY was changed since, so that the link can't be used."""
    if not constant_time_compare(hashed(link.token), link.token_hash):
        return None
    return reverse("guests:start", args=[link.token])


def found(token: str) -> GuestLink | None:
    rows = GuestLink.objects.filter(token_hash=hashed(token))
    return rows.select_related("board", "created_by").first()


_receipts = TimestampSigner(salt="scr_portal.guests.receipt")


def receipt_of(link: GuestLink) -> str:
    """For the pages after the link was used, for an hour: the link itself opens nothing more."""
    return _receipts.sign(str(link.pk))


def found_by_receipt(receipt: str) -> GuestLink | None:
    try:
        pk = _receipts.unsign(receipt, max_age=RECEIPT_LASTS)
    except BadSignature:
        return None
    rows = GuestLink.objects.filter(pk=pk, used_at__isnull=False)
    return rows.select_related("board", "created_by").first()
