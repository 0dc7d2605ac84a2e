import secrets

import pytest
from django.test import Client

from tests import builders


@pytest.fixture
def review(cast):
    return builders.a_review(cast)


@pytest.fixture
def visitor(db):
    """A browser with an address of its own, so that no other test has used up its tries."""

    def come() -> Client:
        a, b, c = secrets.token_bytes(3)
        return Client(REMOTE_ADDR=f"10.{a}.{b}.{c}")

    return come
