"""Every way in, tried by somebody who has the password and no second factor."""

import re
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from scr_portal.accounts import operations
from scr_portal.accounts.invitations import token_of
from scr_portal.notifications.delivery import deliver
from tests.architecture.test_urls import patterns
from tests.authenticator import code_of
from tests.cast import PASSWORD
from tests.proof.frame import Claim
from tests.proof.security.signing_in import (
    browser,
    enter,
    is_inside,
    outside_a_demonstration,
    somebody,
    with_factor,
)

CLAIM = Claim(
    id="S6",
    says="No way leads into the portal without a second factor, and none can be used twice",
    how="Somebody who has the password tries every way in and every address; one code of an app, "
    "and one recovery code, is given twice, in turn and by two browsers in the same moment",
    goal="0 get in",
)
# What a session opens that has given a password alone: to set one up, to give it, to go away.
BEFORE = {
    *("mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate", "account_reauthenticate"),
    *("mfa_reauthenticate_webauthn", "accounts:keepalive"),
}
# Of these, what is open to who has a factor and did not give it.
ASKING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "accounts:keepalive"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1_800)]


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.SECOND_FACTOR_DEMANDED = True
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "10000/m/ip"}


def password_alone() -> Client:
    user, client = somebody(), browser()
    with_factor(user)
    enter(client, user.email)
    return client


def new_password_by_mail() -> Client:
    user, client = somebody(), browser()
    with_factor(user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    deliver()
    [path] = re.findall(r"http://127.0.0.1:8000(/\S+/key/\S+)", str(mail.outbox[-1].body))
    new = "quite-another-one-31"
    done = client.post(client.get(path).url, {"password1": new, "password2": new})
    assert done.status_code == 302 and not is_inside(client)
    enter(client, user.email, new)
    return client


def invitation(cast: Any) -> Client:
    invited = operations.invite(
        board=cast.board, email="new@example.org", name="New Invented", role="member", by=cast.unit
    )
    client = browser()
    page = reverse("accounts:invitation", args=[token_of(invited)])
    assert client.post(page, {"password": PASSWORD}).status_code == 302
    return client


def closed_and_opened_again(cast: Any) -> Client:
    """A password alone opened this session before there was a factor."""
    user, client = cast.member, browser()
    enter(client, user.email)
    operations.close_account(user=user, board=cast.board, by=cast.administrator)
    operations.reopen_account(user=user, board=cast.board, by=cast.administrator)
    with_factor(user)
    return client


def session_from_before() -> Client:
    user, client = somebody(), browser()
    enter(client, user.email)
    with_factor(user)
    return client


def a_factor_of_ones_own() -> Client:
    """Whoever has the password sets up their own app beside that of the person."""
    client = session_from_before()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session.get("mfa.totp.secret", "A" * 32)
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return client


def password_confirmed() -> Client:
    client = session_from_before()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("accounts:keepalive"))
    return client


def trusted_browser() -> Client:
    user, client = somebody(), browser()
    with_factor(user)
    for name in ("mfa_trusted", "trusted_browser", "remember", "mfa.trusted"):
        client.cookies[name] = "true"
    client.post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD, "remember": "on", "trust": "yes"},
    )
    return client


def factor_taken_away_by_the_administrator(cast: Any) -> Client:
    """For a lost phone: what the person may do next is set up another."""
    user, client = cast.chair, browser()
    with_factor(user)
    operations.renew_second_factor(user=user, by=cast.administrator)
    enter(client, user.email)
    return client


def wrong_codes() -> Client:
    user, client = somebody(), browser()
    with_factor(user)
    enter(client, user.email)
    for code in ("", "000000", "999999", "0" * 8, "null", "٠١٢٣٤٥", "1e5"):
        client.post(reverse("mfa_authenticate"), {"code": code})
    return client


def code_of_another_time(steps: int) -> Client:
    user, client = somebody(), browser()
    secret, _codes = with_factor(user)
    enter(client, user.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=steps)})
    return client


def code_of_somebody_else() -> Client:
    user, client = somebody(), browser()
    with_factor(user)
    secret, codes = with_factor(somebody())
    enter(client, user.email)
    for code in (code_of(secret), codes[0]):
        client.post(reverse("mfa_authenticate"), {"code": code})
    return client


def passkey_that_nobody_signed() -> Client:
    client = password_alone()
    for credential in ("{}", '{"id": 1}', '{"type": "public-key", "rawId": "AA"}', "[]", "null"):
        client.post(reverse("mfa_authenticate"), {"credential": credential})
    return client


def twice(choose: Callable[[str, list[str]], str]) -> int:
    """How many more got in by giving the same code after it was used."""
    user = somebody()
    code = choose(*with_factor(user))
    first, second, third = browser(), browser(), browser()
    for client in (first, second, third):
        enter(client, user.email)
    first.post(reverse("mfa_authenticate"), {"code": code})
    assert is_inside(first), "the code was good"
    second.post(reverse("mfa_authenticate"), {"code": code})
    third.post(reverse("mfa_authenticate"), {"code": f" {code[:3]} {code[3:]} "})
    return is_inside(second) + is_inside(third)


def at_once(choose: Callable[[str, list[str]], str]) -> int:
    """How many more than one got in by giving one code in the same moment."""
    user = somebody()
    code = choose(*with_factor(user))
    clients = [browser() for _ in range(4)]
    for client in clients:
        enter(client, user.email)
    gate = threading.Barrier(len(clients))

    def give(client: Client) -> None:
        try:
            gate.wait()
            client.post(reverse("mfa_authenticate"), {"code": code})
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(0, sum(map(is_inside, clients)) - 1)


def test_no_way_in_without_one(cast, claim, scale):
    ways: list[Callable[[], Client]] = [
        *(password_alone, new_password_by_mail, session_from_before, a_factor_of_ones_own),
        *(password_confirmed, trusted_browser, wrong_codes, code_of_somebody_else),
        *(passkey_that_nobody_signed, lambda: invitation(cast)),
        *(lambda: closed_and_opened_again(cast), lambda: code_of_another_time(-10)),
        *(lambda: factor_taken_away_by_the_administrator(cast), lambda: code_of_another_time(-2)),
        *(lambda: code_of_another_time(2), lambda: code_of_another_time(10)),
    ]
    inside = [number for number, way in enumerate(ways) if is_inside(way())]
    used_again = 0
    for _round in range(scale(quick=1, whole=20)):
        for choose in (lambda secret, codes: code_of(secret), lambda secret, codes: codes[0]):
            used_again += twice(choose) + at_once(choose)
    claim.measured(
        f"{len(inside)} of {len(ways)} ways lead in{f' {inside}' if inside else ''}; "
        f"{used_again} of {scale(quick=1, whole=20) * 10} second uses of a code",
        holds=not inside and not used_again,
    )


METHODS = ("get", "post", "head", "put", "delete", "patch", "options")


def opened_by(client: Client, allowed: set[str], methods: int) -> list[str]:
    """Names of addresses that do more than lead to where a factor is given or set up."""
    found = []
    for name, pattern in patterns():
        if getattr(pattern.callback, "access", "") in {"public", "guest"} or name in allowed:
            continue
        for method in METHODS[:methods]:
            answer = getattr(client, method)(reverse(name, kwargs=anything(name)))
            there = answer.get("Location", "")
            if answer.status_code != 302 or not there.startswith("/sign-in/"):
                found.append(f"{method} {name}: {answer.status_code}")
    return found


def anything(name: str) -> dict[str, Any]:
    """Values of the right shape for an address behind which nothing need be."""
    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    converters = resolver.reverse_dict.getlist(name.split(":")[-1])[0][3]
    shapes = {"IntConverter": 1, "UUIDConverter": uuid4()}
    return {key: shapes.get(type(each).__name__, "a") for key, each in converters.items()}


def test_no_address_opens_without_one(cast, claim, scale):
    nobody_yet, not_given = browser(), browser()
    enter(nobody_yet, cast.unit.email)
    enter(not_given, cast.chair.email)
    Authenticator.objects.create(user=cast.chair, type="totp", data={"secret": "x"})
    assert nobody_yet.get(reverse("mfa_index")).status_code == 200
    methods = scale(quick=1, whole=len(METHODS))
    found = opened_by(nobody_yet, BEFORE, methods) + opened_by(not_given, ASKING, methods)
    count = sum(1 for _ in patterns())
    claim.measured(
        f"{len(found)} of {count} addresses open to a password alone {found[:3] or ''}".strip(),
        holds=not found,
    )


def test_only_a_demonstration_does_without(claim, scale):
    """Whatever else stands in the environment."""
    tries: list[dict[str, str]] = [{"SECOND_FACTOR_DEMANDED": "0", "DEBUG": "1"}]
    tries += [{"DEMONSTRATION": "0"}, {"DEMONSTRATION": "false"}, {"DEMONSTRATION": ""}]
    tries = tries[: scale(quick=1, whole=4)]
    lax = [each for each in tries if not outside_a_demonstration(**each)["SECOND_FACTOR_DEMANDED"]]
    ways = {
        name for name, _ in patterns() if re.search(r"trust|login_code|signup_by|login_web", name)
    }
    claim.measured(
        f"{len(lax)} of {len(tries)} environments and {len(ways)} addresses do without one",
        holds=not lax and not ways,
    )
