"""How a session begins and ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from scr_portal.accounts import sessions
from scr_portal.accounts.models import Session
from scr_portal.accounts.tasks import clear_sessions
from tests.cast import PASSWORD
from tests.proof.frame import Claim
from tests.proof.security.signing_in import (
    INSIDE,
    browser,
    enter,
    is_inside,
    outside_a_demonstration,
    somebody,
)

CLAIM = Claim(
    id="S8",
    says="A session ends when it is idle, when it is old, and wherever its person says so",
    how="Sessions begun through the sign-in page, on a clock that is moved: each rule is a try to "
    "stay in, or to come in by somebody else's session",
    goal="all rules hold",
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
IDLE = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
LONGEST = timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def two(clock):
    user = somebody()
    here, there = browser(), browser()
    for client in (here, there):
        assert enter(client, user.email).status_code == 302
    clock.shift(SECOND)
    return user, here, there


def idle(clock) -> bool:
    _user, here, _there = two(clock)
    clock.shift(IDLE - 20 * SECOND)
    still = is_inside(here)
    clock.shift(IDLE)
    return still and not is_inside(here) and not is_inside(here)


def idle_whatever_a_script_asks(clock) -> bool:
    _user, here, _there = two(clock)
    clock.shift(IDLE)
    return here.get(INSIDE, headers={"Accept": "application/json"}).status_code == 401


def the_longest(clock) -> bool:
    """Somebody works without a pause, and the page that keeps sessions alive is asked too."""
    _user, here, _there = two(clock)
    for _step in range(int(LONGEST / (IDLE / 2)) - 1):
        clock.shift(IDLE / 2)
        if here.post(reverse("accounts:keepalive")).status_code != 204:
            return False
    clock.shift(IDLE / 2)
    return not is_inside(here)


def a_planted_key(clock) -> bool:
    """Somebody plants a key before the sign-in, and asks with it afterwards."""
    client, thief = browser(), browser()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    enter(client, somebody().email)
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    return kept != planted and is_inside(client) and not is_inside(thief)


def an_invented_key(clock) -> bool:
    client = browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    enter(client, somebody().email)
    return client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32


def signed_out(clock) -> bool:
    """The key that was is good for nothing, in this browser and in another."""
    _user, here, thief = two(clock)
    thief.cookies[settings.SESSION_COOKIE_NAME] = here.cookies[settings.SESSION_COOKIE_NAME].value
    inside = is_inside(thief)
    here.post(reverse("account_logout"))
    return inside and not is_inside(here) and not is_inside(thief)


def signed_out_everywhere(clock) -> bool:
    _user, here, there = two(clock)
    here.post(reverse("accounts:sign_out_everywhere"))
    return is_inside(here) and not is_inside(there)


def ended_one_by_one(clock) -> bool:
    """By its person and by nobody else, whoever knows what the page calls it."""
    user, here, there = two(clock)
    stranger, third = browser(), browser()
    enter(stranger, somebody().email)
    enter(third, user.email)
    key = there.session.session_key
    [handle] = [each.handle for each in sessions.open_of(user) if each.key == key]
    url = reverse("accounts:end_session", args=[handle])
    stranger.post(url)
    kept = is_inside(there)
    here.post(url)
    return kept and is_inside(here) and is_inside(third) and not is_inside(there)


def another_password(clock) -> bool:
    _user, here, there = two(clock)
    key = here.session.session_key
    new = "another-long-one-77"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), words)
    return is_inside(here) and not is_inside(there) and here.session.session_key != key


def closed_and_gone(clock) -> bool:
    user, here, there = two(clock)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    inside = is_inside(here) or is_inside(there)
    return not inside and not Session.objects.exists()


def another_person_in_the_same_browser(clock) -> bool:
    """Nothing of the session before is there for who comes next."""
    _user, here, _there = two(clock)
    session = here.session
    session["of_the_first"] = True
    session.save()
    here.post(reverse("account_logout"))
    enter(here, somebody().email)
    return "of_the_first" not in here.session


def rows_that_are_over(clock) -> bool:
    two(clock)
    clock.shift(LONGEST + SECOND)
    clear_sessions()
    return not Session.objects.exists()


def no_script_reads_the_key(clock) -> bool:
    _user, here, _there = two(clock)
    cookie = here.cookies[settings.SESSION_COOKIE_NAME]
    live = outside_a_demonstration()
    return bool(
        cookie["httponly"]
        and cookie["samesite"] == "Lax"
        and not cookie["domain"]
        and cookie["path"] == "/"
        and live["SESSION_COOKIE_SECURE"]
        and live["SESSION_COOKIE_NAME"].startswith("__Host-")
    )


def the_key_is_long_and_stands_in_no_address(clock) -> bool:
    user, client = somebody(), browser()
    answer = enter(client, user.email)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return len(key) >= 32 and key not in answer.url and key not in str(client.get("/").content)


def gone_with_the_browser(clock) -> bool:
    """No date on the cookie: it is not kept on the disk."""
    client = browser()
    enter(client, somebody().email)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return not cookie["expires"] and not cookie["max-age"]


RULES: list[Callable] = [
    *(idle, idle_whatever_a_script_asks, the_longest, a_planted_key, an_invented_key),
    *(signed_out, signed_out_everywhere, ended_one_by_one, another_password, closed_and_gone),
    *(another_person_in_the_same_browser, rows_that_are_over, no_script_reads_the_key),
    *(the_key_is_long_and_stands_in_no_address, gone_with_the_browser),
]


@pytest.mark.django_db
def test_every_rule_holds(clock, claim):
    broken = []
    for rule in RULES:
        Session.objects.all().delete()
        if not rule(clock):
            broken.append(rule.__name__)
    claim.measured(
        f"{len(RULES) - len(broken)} of {len(RULES)} rules hold {broken or ''}".strip(),
        holds=not broken,
    )
