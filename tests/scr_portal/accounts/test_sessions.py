"""Idle time, longest time, and what happens when they are over."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scr_portal.accounts.models import Session
from scr_portal.accounts.tasks import clear_sessions
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent

PAGE = "/people/profile/"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def inside(clock, visitor, somebody, enter) -> Client:
    client = visitor()
    client.user = somebody()
    enter(client, client.user.email)
    return client


def reasons() -> list[str]:
    rows = AuditEvent.objects.filter(kind=Event.SESSION_ENDED).order_by("pk")
    return [row.changes["reason"] for row in rows]


def test_twenty_idle_minutes_end_a_session(inside, clock):
    clock.shift(timedelta(minutes=20))
    answer = inside.get(PAGE, {"a": "b"})
    target = urlsplit(answer.url)
    assert target.path == reverse("account_login")
    assert parse_qs(target.query) == {"ended": ["1"], "next": ["/people/profile/?a=b"]}
    assert reasons() == ["nothing had happened for a while"]
    assert Session.objects.count() == 0
    assert "signed out" in inside.get(answer.url).content.decode()


def test_use_keeps_a_session_going(inside, clock):
    for _ in range(6):
        clock.shift(timedelta(minutes=19, seconds=40))
        assert inside.get(PAGE).status_code == 200
        clock.shift(timedelta(seconds=14))
        assert inside.get(PAGE).status_code == 200


def test_ten_hours_end_it_whatever_happens(inside, clock):
    for _ in range(59):
        clock.shift(timedelta(minutes=10))
        assert inside.get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=10))
    assert inside.get(PAGE).status_code == 302
    assert reasons() == ["it had lasted its longest"]


def test_the_longest_time_begins_again_with_a_new_sign_in(inside, clock, enter):
    clock.shift(timedelta(hours=11))
    inside.get(PAGE)
    enter(inside, inside.user.email)
    clock.shift(timedelta(minutes=5))
    assert inside.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "application/json"},
        {"X-Requested-With": "XMLHttpRequest"},
        {"Sec-Fetch-Dest": "empty"},
    ],
)
def test_a_script_is_told_in_json(inside, clock, headers):
    clock.shift(timedelta(minutes=21))
    answer = inside.post(reverse("accounts:keepalive"), headers=headers)
    assert answer.status_code == 401
    assert "ended" in answer.json()["error"]


def test_after_a_form_that_came_too_late_one_is_led_back_to_its_page(inside, clock):
    clock.shift(timedelta(minutes=21))
    referer = "http://testserver/people/profile/?x=1"
    answer = inside.post(PAGE, {}, headers={"Referer": referer})
    assert parse_qs(urlsplit(answer.url).query)["next"] == ["/people/profile/?x=1"]


def test_a_page_elsewhere_is_not_gone_back_to(inside, clock):
    clock.shift(timedelta(minutes=21))
    answer = inside.post(PAGE, {}, headers={"Referer": "https://evil.example/x"})
    assert parse_qs(urlsplit(answer.url).query)["next"] == ["/"]


def test_the_sign_in_page_of_an_ended_session_signs_in(inside, clock, enter):
    clock.shift(timedelta(minutes=21))
    assert inside.get(reverse("account_login")).status_code == 200
    assert enter(inside, inside.user.email).status_code == 302
    assert inside.get(PAGE).status_code == 200


def test_a_letters_link_opens_though_an_old_session_ended(inside, clock):
    clock.shift(timedelta(minutes=21))
    answer = inside.get(reverse("reviews:guest_referral", args=["no-such-link"]))
    assert answer.status_code == 410
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(kind=Event.SESSION_ENDED).count() == 1


def test_keepalive_prolongs_only_by_post(inside, clock):
    url = reverse("accounts:keepalive")
    clock.shift(timedelta(minutes=19))
    assert inside.get(url).status_code == 405
    assert inside.post(url).status_code == 204
    clock.shift(timedelta(minutes=19))
    assert inside.get(PAGE).status_code == 200


def test_keepalive_wants_a_session(visitor):
    assert visitor().post(reverse("accounts:keepalive")).status_code == 302


def test_a_session_is_written_four_times_a_minute_at_most(inside, clock):
    clock.shift(timedelta(seconds=60))
    writes = 0
    with CaptureQueriesContext(connection) as queries:
        for _ in range(60):
            clock.shift(timedelta(seconds=1))
            inside.get(PAGE)
    writes = sum('UPDATE "accounts_session"' in query["sql"] for query in queries)
    assert 1 <= writes <= 5


def test_a_closed_account_is_out_with_its_next_request(inside):
    inside.user.is_active = False
    inside.user.save()
    answer = inside.get(PAGE)
    assert urlsplit(answer.url).path == reverse("account_login")
    assert reasons() == ["the account was closed"]
    assert Session.objects.count() == 0


def test_a_deleted_session_is_no_error(inside):
    Session.objects.all().delete()
    assert inside.get(PAGE).status_code == 302


def test_a_session_from_before_the_limits_gets_them(clock, sign_in, somebody):
    client = sign_in(somebody())
    assert client.get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=21))
    assert client.get(PAGE).status_code == 302


def test_signed_in_pages_are_not_kept_by_the_browser(inside, visitor):
    for path in (PAGE, "/no-such-page"):
        assert "no-store" in inside.get(path).headers["Cache-Control"]
    assert "no-store" in inside.post(reverse("account_logout")).headers["Cache-Control"]
    assert "no-store" in visitor().get(reverse("account_login")).headers["Cache-Control"]


def test_sessions_that_are_over_are_cleared_away(inside, clock):
    clock.shift(timedelta(hours=10, seconds=1))
    clear_sessions()
    assert Session.objects.count() == 0


def test_a_page_it_came_from_that_is_no_address_leads_home(inside, clock):
    clock.shift(timedelta(minutes=20))
    answer = inside.post(PAGE, {}, headers={"Referer": "http://[half"})
    assert parse_qs(urlsplit(answer.url).query)["next"] == ["/"]
