"""Guessing passwords and codes, and telling by the answer whom the portal knows."""

import re
import secrets
import time
from collections import Counter
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.cache import cache
from django.urls import reverse

from scr_portal.accounts.models import User
from tests.cast import PASSWORD
from tests.conftest import gave_password
from tests.proof.frame import WHOLE, Claim
from tests.proof.security.signing_in import WRONG, browser, enter, somebody, with_factor

CLAIM = Claim(
    id="S7",
    says="Nobody guesses a way in, and no answer says who has an account",
    how="Guesses on one account, from outside, at its second factor and from a session of it, and "
    "over 100 accounts, each from an address of its own, counted where the hash is compared; then "
    "known and unknown people in turn at the sign-in and at the page for a new password",
    goal="at most 10 checked per account in 5 minutes; the same bytes, times within 10 per cent",
)
MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')
FIVE_MINUTES = 300

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1_800)]


@pytest.fixture
def checked(monkeypatch) -> Counter:
    """How often the password of each account was compared."""
    seen: Counter = Counter()
    real = User.check_password

    def counting(self: User, raw: str) -> bool:
        seen[self.pk] += 1
        return real(self, raw)

    monkeypatch.setattr(User, "check_password", counting)
    return seen


def test_guesses_on_one_account(claim, scale, checked, client):
    """At the sign-in, and by somebody who found its session open on a screen."""
    user = somebody()
    client.force_login(user)
    gave_password(client, seconds_ago=FIVE_MINUTES + 60)
    tried = scale(quick=40, whole=1_000)
    began = time.monotonic()
    for number in range(tried):
        enter(browser(), [user.email, user.email.upper(), f" {user.email}"][number % 3], WRONG)
    from_inside = ["account_reauthenticate", "account_change_password"]
    for number in range(tried // 4):
        where = reverse(from_inside[number % 2])
        guess = f"{WRONG}{number}"
        new = {"password1": PASSWORD + "x", "password2": PASSWORD + "x"}
        client.post(where, {"password": guess, "oldpassword": guess, **new})
    minutes = (time.monotonic() - began) / 60
    allowed = 10 * (1 + int(minutes // 5))
    count = checked[user.pk]
    claim.measured(
        f"{count} of {tried + tried // 4:,} guesses on one account checked "
        f"in {minutes:.1f} minutes",
        holds=0 < count <= allowed,
    )


def test_guesses_over_many_accounts(claim, scale, checked):
    people = [somebody() for _ in range(scale(quick=5, whole=100))]
    tried = scale(quick=8, whole=10)
    began = time.monotonic()
    for _round in range(tried):
        for user in people:
            enter(browser(), user.email, WRONG)
    minutes = (time.monotonic() - began) / 60
    most = max(checked.values())
    claim.measured(
        f"at most {most} checked of each of {len(people)} accounts, "
        f"of {tried * len(people):,} guesses in {minutes:.1f} minutes",
        holds=0 < most <= 10 * (1 + int(minutes // 5)),
    )


def test_guesses_from_one_address(claim, scale, checked):
    """Somebody who tries one password on everybody, from where they are."""
    one = browser()
    people = [somebody() for _ in range(scale(quick=55, whole=200))]
    for user in people:
        enter(one, user.email, WRONG)
    count = sum(checked.values())
    claim.measured(
        f"{count} of {len(people)} guesses from one address checked", holds=0 < count <= 50
    )


def test_guesses_at_the_second_factor(claim, scale, monkeypatch):
    user, client = somebody(), browser()
    with_factor(user)
    enter(client, user.email)
    compared = []
    where = "allauth.mfa.totp.internal.auth.validate_totp_code"
    monkeypatch.setattr(where, lambda secret, code: bool(compared.append(code)))
    tried = scale(quick=20, whole=1_000)
    for number in range(tried):
        client.post(reverse("mfa_authenticate"), {"code": f"{number:06d}"})
    claim.measured(f"{len(compared)} of {tried:,} codes checked", holds=0 < len(compared) <= 10)


def unknown() -> str:
    return f"{secrets.token_hex(6)}@example.org"


def closed() -> str:
    return somebody(is_active=False).email


def masked(answer: Any, email: str) -> tuple[Any, ...]:
    body = MASKED.sub(b"", answer.content).replace(email.encode(), b"EMAIL")
    by_nature = {"Content-Security-Policy", "Expires", "Content-Length"}
    headers = sorted((n, v) for n, v in answer.items() if n not in by_nature)
    return answer.status_code, answer.get("Location"), body, headers, sorted(answer.cookies)


def ask_for_new(client: Any, email: str, password: str) -> Any:
    return client.post(reverse("account_reset_password"), {"email": email})


def test_known_and_unknown_people_get_the_same_bytes(claim):
    differ = []
    for act in (enter, ask_for_new):
        emails = [somebody().email, unknown(), closed()]
        answers = [masked(act(browser(), email, WRONG), email) for email in emails]
        differ += [f"{act.__name__}" for each in answers if each != answers[0]]
    for email in [somebody().email, unknown(), closed()]:
        for _try in range(6):
            last = enter(browser(), email, WRONG)
        differ += [] if b"Too many" in last.content else [f"no brake for {email}"]
    claim.measured(f"{len(differ)} of 6 answers differ in their bytes", holds=not differ)


@pytest.fixture
def real_hashes(monkeypatch):
    """As slow as the portal's own: the other tests have them at the lowest cost."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 2)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 102_400)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 8)
    return make_password(PASSWORD)


def seconds(act: Any, email: str) -> tuple[float, float]:
    """On the clock, and of this process's processors: a busy machine cannot change the second."""
    client = browser()
    wall, cpu = time.perf_counter(), time.process_time()
    act(client, email, WRONG)
    return time.perf_counter() - wall, time.process_time() - cpu


# A letter is written in whole steps of half a second, which a busy machine may miss: 100 pairs say.
@pytest.mark.parametrize("act", [enter, ask_for_new] if WHOLE else [enter])
def test_known_and_unknown_people_take_the_same_time(claim, scale, real_hashes, act):
    """In turn, so that what else the machine does falls on both alike."""
    times: dict[str, list[tuple[float, float]]] = {"known": [], "unknown": []}
    for number in range(scale(quick=8, whole=100)):
        user = somebody()
        User.objects.filter(pk=user.pk).update(password=real_hashes)
        pair = [("known", user.email), ("unknown", unknown())]
        for kind, email in pair if number % 2 else pair[::-1]:
            times[kind].append(seconds(act, email))
        cache.clear()
    wall, cpu = (
        median(each[which] for each in times["known"])
        / median(each[which] for each in times["unknown"])
        for which in (0, 1)
    )
    page = "the sign-in" if act is enter else "the page for a new password"
    holds = abs(cpu - 1) <= 0.1 or abs(wall - 1) <= 0.1
    claim.measured(
        f"{page}: known against unknown {wall:.2f} on the clock, {cpu:.2f} of the processor",
        holds=holds,
    )
