"""Whom the statements of the bench itself act for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scr_portal.core import acting


@contextmanager
def as_portal() -> Iterator[None]:
    with acting.for_portal("measures how fast the portal is"):
        yield


def with_factor(client: Any) -> None:
    """As somebody who gave their second factor when they signed in."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time(), "type": "totp"} for method in ("password", "mfa")
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
