"""The link of an invitation: made again whenever it is needed, never kept.

The token is an HMAC of the row under SECRET_KEY, so the worker that sends the mail can make it,
and the database alone, which holds only its SHA-256, lets nobody in.
"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from scr_portal.accounts.models import Invitation
from scr_portal.core import clock

LASTS = timedelta(days=7)


def token_of(invitation: Invitation) -> str:
    row = f"{invitation.pk}:{invitation.user_id}:{invitation.expires_at.timestamp():.6f}"
    made = salted_hmac("scr_portal.accounts.invitations", row, algorithm="sha256")
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_for(user: Any) -> Invitation | None:
    """The newest invitation that this person can still use."""
    rows = Invitation.objects.filter(
        user=user,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=clock.now(),
    )
    return rows.order_by("-pk").first()


def link_for(user: Any) -> str | None:
    """The path of the person's open invitation, for the mail; None when none can be used.

    A SECRET_KEY that was changed since leaves no link: the invitation has to be sent again.
    """
    invitation = open_for(user)
    if invitation is None:
        return None
    token = token_of(invitation)
    if not constant_time_compare(hashed(token), invitation.token_hash):
        return None
    return reverse("accounts:invitation", args=[token])
