import os

import pytest
from django.test import Client

from tests import cast as casting

# Playwright's loop runs in the thread of the test: Django's guard would refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def cast(db) -> casting.Cast:
    return casting.gather()


@pytest.fixture
def sign_in(db):
    """A signed-in test client: ``sign_in(cast.unit)``."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
