"""Browsers that sign in, and what the portal is where it is no demonstration."""

import json
import os
import secrets
import subprocess
import sys
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from scr_portal.accounts.models import User
from tests.cast import PASSWORD

WRONG = "not-the-password-1"
INSIDE = "/people/profile/"
OVER_THE_WIRE = (
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    *("SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_NAME"),
    *(
        "SECURE_PROXY_SSL_HEADER",
        "SECURE_HSTS_PRELOAD",
        "SECOND_FACTOR_DEMANDED",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    ),
)


def somebody(**fields: Any) -> User:
    email = f"{secrets.token_hex(6)}@example.org"
    return User.objects.create_user(email, PASSWORD, name="Somebody Invented", **fields)


def browser(**extra: Any) -> Client:
    """With an address of its own: no other test has used up its tries."""
    a, b, c = secrets.token_bytes(3)
    return Client(REMOTE_ADDR=f"10.{a}.{b}.{c}", **extra)


def enter(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_inside(client: Client) -> bool:
    return client.get(INSIDE).status_code == 200


def with_factor(user: User) -> tuple[str, list[str]]:
    """The secret of their app, and their recovery codes."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret, RecoveryCodes.activate(user).get_unused_codes()


def outside_a_demonstration(**env: str) -> dict[str, Any]:
    """Its settings, read by a process of its own that has no flag set but those in ``env``."""
    said = "import json, scr_portal.settings as s; "
    said += f"print(json.dumps({{n: getattr(s, n) for n in {OVER_THE_WIRE!r}}}))"
    clean = {name: value for name, value in os.environ.items() if name != "DEMONSTRATION"}
    done = subprocess.run(
        [sys.executable, "-c", said], env=clean | env, capture_output=True, check=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
