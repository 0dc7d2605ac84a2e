import secrets

import pytest
from django.test import Client
from django.urls import reverse

from scr_portal.accounts.models import User
from tests.cast import PASSWORD


@pytest.fixture
def visitor(db):
    """A browser with an address of its own, so that no other test has used up its tries."""

    def come(**extra) -> Client:
        a, b, c = secrets.token_bytes(3)
        return Client(REMOTE_ADDR=f"10.{a}.{b}.{c}", **extra)

    return come


@pytest.fixture
def somebody(db):
    """A new person each time: tries are counted by email address, for five minutes."""

    def make(**fields) -> User:
        email = f"{secrets.token_hex(6)}@example.org"
        return User.objects.create_user(email, PASSWORD, name="Somebody Invented", **fields)

    return make


@pytest.fixture
def enter():
    """Sign in through the page, as people do."""

    def sign_in(client: Client, email: str, password: str = PASSWORD, **extra):
        return client.post(
            reverse("account_login"), {"login": email, "password": password}, **extra
        )

    return sign_in
