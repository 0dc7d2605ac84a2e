"""Requests that a person's browser is tricked into, and answers that lead elsewhere."""

from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from scr_portal.notifications.delivery import deliver
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.matrix import world as worlds
from tests.matrix.conftest import _laid, laid, quiet
from tests.matrix.test_urls import ask
from tests.proof.addresses import every_address
from tests.proof.frame import Claim
from tests.proof.security.signing_in import browser, enter, somebody

__all__ = ["_laid", "laid", "quiet"]

CLAIM = Claim(
    id="S14",
    says="No page elsewhere makes a person's browser act, and no answer of ours leads elsewhere",
    how="A POST to every address without the token, and one from another site; a GET of every "
    "address by six kinds of people with PostgreSQL counting rows written; every address asked to "
    "lead to two of 20 foreign ones, signing in to all; links and letters made while a visitor "
    "names another host",
    goal="0 acts, 0 rows changed, 0 ways out",
)
ASK = ["unit", "chair", "lead", "liaison", "panel", "administrator"]
# What reading leaves behind: that it was read, and the person's own session.
LEFT_BY_READING = {
    *("audit_auditevent", "audit_chainhead", "accounts_session", "cache"),
}
ELSEWHERE = [
    *("https://evil.example/", "//evil.example/", "///evil.example", "////evil.example/%2e%2e"),
    *("/\\evil.example", "\\\\evil.example", "\\/evil.example", "https:evil.example"),
    *("https:/evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x"),
    *("https://testserver@evil.example/", "https://testserver.evil.example/", "\t//evil.example"),
    *(" https://evil.example", "%2f%2fevil.example", "/%09/evil.example", "https://evil.example#/"),
    "/a\r\nLocation: https://evil.example/",
]
FIELDS = ("next", "return", "back", "url", "to", "redirect", "continue", "return_to", "from")


pytestmark = pytest.mark.timeout(1_800)


def make() -> worlds.World:
    return worlds.make(casting.gather())


@pytest.fixture
def world(laid, quiet):
    return laid


def written() -> dict[str, tuple[int, ...]]:
    """Rows added, changed and removed in this transaction so far, of each table.

    PostgreSQL counts what was rolled back too, so an act that failed on the way shows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"
        )
        return {name: tuple(counts) for name, *counts in cursor.fetchall()}


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    zero = (0, 0, 0)
    tables = {name for name in after if after[name] != before.get(name, zero)}
    return tables - LEFT_BY_READING


def digest() -> dict[str, str]:
    """Of all rows of all tables of ours but those that reading adds to."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in LEFT_BY_READING or table == "django_migrations":
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t")
            found[table] = str(cursor.fetchone()[0])
    return found


def test_reading_changes_nothing(world, sign_in, claim, scale):
    asked, wrote = 0, []
    # Signing in writes down when, and is no reading.
    clients = {who: sign_in(world.people[who]) for who in ASK[:: scale(quick=6, whole=1)]}
    before = digest()
    for who, client in clients.items():
        # The same view answers the other two, whoever asks.
        methods = ("get", "head", "options")[: 3 if who == ASK[0] else 1]
        client.get(reverse("home"))
        for name, url in every_address(world):
            for method in methods:
                start = written()
                with transaction.atomic():
                    getattr(client, method)(url)
                asked += 1
                if tables := changed(start, written()):
                    wrote.append(f"{who} {method} {name}: {sorted(tables)}")
    after = digest()
    differ = [table for table in after if after[table] != before[table]]
    claim.measured(
        f"{len(wrote)} of {asked:,} requests that read wrote a row; the digest of {len(differ)} of "
        f"{len(after)} tables differs {wrote[:5] or differ or ''}".strip(),
        holds=not differ and not wrote,
    )


def test_nothing_is_done_without_the_token(world, claim, scale):
    """Neither without one, nor with one of another browser's, nor from another site."""
    acted, asked = [], 0
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["unit"], backend="reviews.backends.SignInBackend")
    client.get(reverse("home"))
    tries: list[dict[str, Any]] = [
        {},
        {"headers": {"X-CSRFToken": "b" * 32}},
        {"headers": {"Origin": "https://evil.example"}},
        {"headers": {"Accept": "application/json", "Sec-Fetch-Dest": "empty"}},
        {"content_type": "text/plain"},
    ]
    for name, url in every_address(world):
        for extra in tries[: scale(quick=1, whole=len(tries))]:
            for method in ("post", "put", "patch", "delete")[: 1 if extra else 4]:
                start = written()
                with transaction.atomic():
                    answer = getattr(client, method)(url, **extra)
                asked += 1
                if answer.status_code not in {403, 404, 405} or changed(start, written()):
                    acted.append(f"{method} {name}: {answer.status_code}")
    exempt = [n for n, p in patterns() if getattr(p.callback, "csrf_exempt", False)]
    claim.measured(
        f"{len(acted)} of {asked:,} forged requests acted, {len(exempt)} addresses exempt "
        f"{acted[:3] or exempt[:3] or ''}".strip(),
        holds=not acted and not exempt,
    )


def leads_away(answer: Any) -> bool:
    there = answer.get("Location", "")
    parts = urlsplit(there.replace("\\", "/").strip())
    return bool(
        (parts.netloc and parts.netloc != "testserver")
        or parts.scheme not in {"", "http", "https"}
        or there.replace("\\", "/").startswith("//")
        or "\n" in there
    )


def test_no_address_leads_elsewhere(world, sign_in, claim, scale):
    asked, away = 0, []
    tries = ELSEWHERE[:: scale(quick=7, whole=1)]
    client = sign_in(world.people["unit"])
    client.get(reverse("home"))
    for number, (name, url) in enumerate(every_address(world)):
        if name == "account_logout":
            continue
        per_address = scale(quick=1, whole=2)
        for there in [tries[(number * 2 + each) % len(tries)] for each in range(per_address)]:
            said = dict.fromkeys(FIELDS, there)
            for answer in (
                ask(client, "get", f"{url}?{_query(said)}"),
                asked_to_act(client, url, said, there),
            ):
                asked += 1
                if leads_away(answer):
                    away.append(f"{name} {there!r} -> {answer['Location']}")
    claim.measured(
        f"{len(away)} of {asked:,} answers lead away {away[:3] or ''}".strip(), holds=not away
    )


def _query(said: dict[str, str]) -> str:
    return urlencode(said)


def asked_to_act(client: Client, url: str, said: dict[str, str], there: str) -> Any:
    with transaction.atomic():
        cookies = client.cookies.copy()
        answer = client.post(url, said, headers={"Referer": there.strip().replace("\r\n", "")})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.mark.django_db
def test_signing_in_and_out_leads_nowhere_else(claim):
    away, asked = [], 0
    for there in ELSEWHERE:
        user, client = somebody(), browser()
        query = _query({"next": there})
        for answer in (
            client.post(f"{reverse('account_login')}?{query}", _password(user, there)),
            client.post(f"{reverse('account_reauthenticate')}?{query}", _password(user, there)),
            client.get(f"{reverse('account_login')}?{query}"),
            client.post(f"{reverse('account_logout')}?{query}", {"next": there}),
        ):
            asked += 1
            if leads_away(answer):
                away.append(f"{there!r} -> {answer['Location']}")
    claim.measured(
        f"{len(away)} of {asked} sign-ins and sign-outs lead away {away[:3] or ''}".strip(),
        not away,
    )


def _password(user: Any, there: str) -> dict[str, str]:
    return {"login": user.email, "password": casting.PASSWORD, "next": there}


HOSTS: list[dict[str, str]] = [
    {"Host": "evil.example"},
    {"Host": "testserver:80@evil.example"},
    {"Host": "testserver.evil.example"},
    {"Host": "evil.example#testserver"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Host": "evil.example"},
    {"X-Forwarded-Server": "evil.example"},
    {"Forwarded": "host=evil.example"},
    {"X-Original-URL": "https://evil.example/", "X-Rewrite-URL": "https://evil.example/"},
]


@pytest.mark.django_db
def test_a_host_that_a_visitor_names_gets_nowhere(settings, claim):
    """Refused, or of no effect: not on pages, not in redirects, not in letters."""
    settings.ALLOWED_HOSTS = ["testserver"]
    echoed = []
    for headers in HOSTS:
        client = browser()
        user = somebody()
        answers = [
            client.get("/", headers=headers),
            client.get(reverse("account_login"), headers=headers),
            client.post(reverse("account_reset_password"), {"email": user.email}, headers=headers),
        ]
        echoed += [
            f"{headers}: {each.status_code}"
            for each in answers
            if "evil" in str(each.get("Location", "")) or b"evil" in each.content
        ]
    settings.ALLOWED_HOSTS = ["*"]  # where an office has set this up carelessly
    for headers in HOSTS:
        user = somebody()
        enter(browser(), user.email)
        browser().post(reverse("account_reset_password"), {"email": user.email}, headers=headers)
    deliver()
    letters = [str(message.message()) for message in mail.outbox]
    echoed += [letter[:80] for letter in letters if "evil" in letter]
    whole = [letter for letter in letters if settings.PORTAL_URL in letter]
    claim.measured(
        f"{len(echoed)} of {len(HOSTS) * 3} answers and {len(letters)} letters name another host "
        f"{echoed[:3] or ''}".strip(),
        holds=not echoed and len(letters) >= len(HOSTS) and len(whole) == len(letters),
    )


def test_the_cookies_hold_back_other_sites(claim):
    lax = settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    middleware = "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    claim.measured("both cookies are SameSite=Lax", holds=lax and middleware)
