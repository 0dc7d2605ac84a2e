"""The brake on guessing holds as long as it says, and counts all that come at once."""

from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from scr_portal.accounts import throttle

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf):
    return rf.get("/", REMOTE_ADDR="192.0.2.7")


def _left() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM cache WHERE cache_key LIKE '%throttle:door:%'")
        [expires] = cursor.fetchone()
    assert isinstance(expires, datetime)
    return (expires - timezone.now()).total_seconds()


def test_a_count_is_kept_as_long_as_it_was_to_be(request_of):
    throttle.count("door", request_of, seconds=600)
    throttle.count("door", request_of, seconds=600)
    assert 500 < _left() <= 601
    assert throttle.too_many("door", request_of, limit=2)
    assert not throttle.too_many("door", request_of, limit=3)


def test_a_later_one_does_not_make_it_longer(request_of):
    throttle.count("door", request_of, seconds=60)
    throttle.count("door", request_of, seconds=600)
    assert _left() <= 61
