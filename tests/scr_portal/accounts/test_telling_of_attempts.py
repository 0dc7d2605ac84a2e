"""Who has an account hears of odd tries at it: once an hour at most, by the outbox."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.urls import reverse

from scr_portal.accounts import operations
from scr_portal.accounts.attempts import WATCHED, newest_burst
from scr_portal.accounts.tasks import tell_of_attempts
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.audit.queries import sentence
from scr_portal.notifications import delivery
from scr_portal.notifications.models import Notification
from tests.proof.security.signing_in import with_factor
from tests.together import at_once

PAGE = "/people/profile/"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def told(user) -> list[str]:
    return list(
        Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True)
    )


def fail(user, number, what="password"):
    for _ in range(number):
        audit.record(kind=Event.SIGN_IN_FAILED, by=None, target=user, changes={"with": what})


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ([], None),
        ([0, 1, 2, 3], None),
        ([0, 1, 2, 3, 5], 5),
        ([0, 1, 2, 3, 5.1], None),
        ([0, 1, 2, 3, 4, 30, 31], 4),
        ([0, 1, 2, 3, 4, 30, 30, 30, 30, 31], 31),
    ],
)
def test_a_burst_is_so_many_within_so_long(minutes, found):
    moments = [NOON + MINUTE * each for each in minutes]
    at = newest_burst(reversed(moments), WATCHED["password"])
    assert at == (None if found is None else NOON + MINUTE * found)


def test_it_is_told_when_the_brake_closes():
    per_account = settings.ACCOUNT_RATE_LIMITS["login_failed"].partition(",")[2]
    watch = WATCHED["password"]
    assert per_account == f"{watch.number}/{watch.within // MINUTE}m/key"


def test_wrong_passwords_until_the_brake_closes_are_told_once(clock, visitor, somebody, enter):
    user, nobody = somebody(), "nobody@example.org"
    for number in range(1, 13):
        enter(visitor(), user.email, "wrong")
        enter(visitor(), nobody, "wrong")
        operations.tell_of_attempts()
        assert told(user) == ["password_tried"] * (number >= 5), number
    [event] = AuditEvent.objects.filter(kind=Event.TOLD_OF_ATTEMPTS)
    assert event.target_id == str(user.pk)
    assert (
        sentence(event) == "Somebody Invented was told of failed tries at their account (password)"
    )
    assert Notification.objects.count() == 1


def test_a_right_password_without_the_factor_is_told_apart(clock, visitor, somebody, enter):
    user = somebody()
    with_factor(user)
    client = visitor()
    enter(client, user.email)
    for number in range(1, 4):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        operations.tell_of_attempts()
        assert told(user) == ["factor_tried"] * (number >= 3), number


def test_at_most_one_an_hour_and_then_only_of_something_new(clock, somebody):
    user = somebody()
    fail(user, 5)
    assert operations.tell_of_attempts() == 1
    for _ in range(59):
        clock.shift(MINUTE)
        fail(user, 1)
        assert operations.tell_of_attempts() == 0
    clock.shift(MINUTE)
    assert operations.tell_of_attempts() == 1, "they went on meanwhile"
    for _ in range(5):
        clock.shift(timedelta(hours=1))
        assert operations.tell_of_attempts() == 0, "nothing new since"
    assert told(user) == ["password_tried"] * 2


def test_what_came_while_no_worker_ran_is_told_afterwards(clock, somebody):
    user = somebody()
    fail(user, 5)
    clock.shift(timedelta(hours=2))
    assert operations.tell_of_attempts() == 1


def test_a_lesser_warning_does_not_hold_back_the_graver(clock, somebody):
    user = somebody()
    fail(user, 5)
    operations.tell_of_attempts()
    fail(user, 3, "second factor")
    operations.tell_of_attempts()
    assert told(user) == ["password_tried", "factor_tried"]


def test_a_closed_account_is_not_written_to(clock, somebody):
    user = somebody(is_active=False)
    fail(user, 5)
    assert operations.tell_of_attempts() == 0


def test_the_letter_says_what_to_do_and_nothing_else(clock, somebody):
    user = somebody(mail="daily")
    for what, number, words in [
        ("password", 5, "Wrong passwords"),
        ("second factor", 3, "Somebody gave your right password"),
    ]:
        fail(user, number, what)
        tell_of_attempts()
        delivery.deliver()
        text = mail.outbox[-1].body
        assert words in text
        assert "tell your board's business unit" in text
        assert f"{settings.PORTAL_URL}{PAGE}" in text
        assert user.name not in text
    assert [message.to for message in mail.outbox] == [[user.email]] * 2


def test_it_stands_on_the_profile_for_a_month(clock, somebody, visitor, enter):
    user, client = somebody(), visitor()
    enter(client, user.email)
    assert "Shortly before" not in client.get(PAGE).content.decode()
    fail(user, 5)
    fail(user, 3, "second factor")
    operations.tell_of_attempts()
    page = client.get(PAGE).content.decode()
    assert "Shortly before 2 March 2026 at 12:00 wrong passwords" in page
    assert "somebody gave your right password" in page
    clock.shift(timedelta(days=30))
    enter(client, user.email)
    assert "Shortly before" not in client.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_writes(somebody):
    user = somebody()
    fail(user, 5)
    found = at_once(operations.tell_of_attempts, operations.tell_of_attempts)
    assert sorted(found) == [0, 1]
    assert told(user) == ["password_tried"]
