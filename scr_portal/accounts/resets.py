"""The link for a new password: made when its email is sent, never kept.

Its token is an HMAC over the person's password and last sign-in, so it works once, and for as long
as PASSWORD_RESET_TIMEOUT says.
"""

from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse


def link_for(user: Any) -> str | None:
    """The path; None for an account that is closed or was never opened."""
    if not user.is_active or not user.has_usable_password():
        return None
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    parts = {"uidb36": user_pk_to_url_str(user), "key": token}
    return reverse("account_reset_password_from_key", kwargs=parts)


def lasts_minutes() -> int:
    return int(settings.PASSWORD_RESET_TIMEOUT) // 60
