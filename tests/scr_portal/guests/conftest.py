import secrets

import pytest
from django.test import Client

from scr_portal.guests import operations
from scr_portal.guests.models import Purpose
from tests.scr_portal.notifications.conftest import post  # noqa: F401

EMAIL = "outside.person@example.org"


@pytest.fixture(autouse=True)
def pages(settings):
    """Two forms for guests, as other rooms have them."""
    settings.ROOT_URLCONF = "tests.scr_portal.guests.pages"
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {
        "guest_pages": ["tests.scr_portal.guests.pages.guest_pages"],
        "guest_wanted_on": ["tests.scr_portal.guests.pages.guest_wanted_on"],
    }


@pytest.fixture
def visitor(db):
    """A browser with an address of its own, so that no other test has used up its tries."""

    def come(**extra) -> Client:
        a, b, c = secrets.token_bytes(3)
        return Client(REMOTE_ADDR=f"10.{a}.{b}.{c}", **extra)

    return come


@pytest.fixture
def make(cast):
    def made(purpose=Purpose.REFERRAL, **fields):
        given = {"email": EMAIL, "name": "Outside Person"} | fields
        return operations.make(purpose=purpose, board=cast.board, by=cast.unit, **given)

    return made
