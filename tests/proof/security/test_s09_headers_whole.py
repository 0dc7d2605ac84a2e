"""What every answer tells the browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from scr_portal.headers import HEADERS
from tests import cast as casting
from tests.matrix import world as worlds
from tests.matrix.conftest import _laid, laid, quiet
from tests.matrix.test_urls import GUEST, OPEN_TO, ask
from tests.proof.addresses import every_address
from tests.proof.frame import Claim
from tests.proof.security.signing_in import outside_a_demonstration

__all__ = ["_laid", "laid", "quiet"]

CLAIM = Claim(
    id="S9",
    says="Every answer tells the browser to load nothing foreign, frame nothing and keep nothing",
    how="Every address, asked by people of six kinds by GET and POST, by two of them by HEAD, with "
    "the settings that hold outside a demonstration; errors, redirects, static files and downloads "
    "too",
    goal="100 per cent of the answers carry every header",
)
ASK = ["unit", "lead", "administrator", "stranger", "closed", None]
POLICY = {
    "default-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
}
# What a browser opens by itself: no page of ours.
SHUT = "default-src 'none'; frame-ancestors 'none'; sandbox"
BY_LETTER = {"Referrer-Policy": "strict-origin"}
"""Where an address is itself a key: pages that a letter leads to."""

pytestmark = pytest.mark.timeout(1_800)


def make() -> worlds.World:
    return worlds.make(casting.gather())


@pytest.fixture
def world(laid, quiet):
    return laid


@pytest.fixture
def over_the_wire(settings) -> Iterator[None]:
    for name, value in outside_a_demonstration().items():
        setattr(settings, name, value)
    settings.SECOND_FACTOR_DEMANDED = False  # else nothing but its own page would answer
    settings.ALLOWED_HOSTS = ["testserver"]


def trouble(answer: HttpResponseBase, *, private: bool, by_letter: bool = False) -> list[str]:
    """What is missing or weak, in words."""
    also = BY_LETTER if by_letter else {}
    found = [name for name, value in HEADERS.items() if not answer.headers.get(name)]
    found += [
        name
        for name, value in HEADERS.items()
        if name != "Content-Security-Policy"
        and answer.headers.get(name) not in {value, also.get(name)}
    ]
    strict = answer.headers.get("Strict-Transport-Security", "")
    if not strict.startswith("max-age=31536000; includeSubDomains"):
        found.append("Strict-Transport-Security")
    if private and "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append("no-store")
    found += ["Server"] * bool(answer.headers.get("X-Powered-By"))
    return [*found, *weak_policy(answer), *weak_cookies(answer)]


def weak_policy(answer: HttpResponseBase) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    if policy == SHUT:
        html = answer.headers.get("Content-Type", "").startswith("text/html")
        return ["a page with the policy of a file"] * (html and answer.status_code == 200)
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    scripts = parts.get("script-src", "").split()
    wrong = [name for name, value in POLICY.items() if parts.get(name) != value]
    if any(each != "'self'" and not each.startswith("'nonce-") for each in scripts) or not scripts:
        wrong.append("script-src")
    return [*wrong, *("unsafe" for _ in range("unsafe" in policy or "*" in policy))]


def weak_cookies(answer: Any) -> list[str]:
    return [
        f"cookie {name}"
        for name, cookie in answer.cookies.items()
        if not name.startswith("__Host-")
        or not cookie["secure"]
        or cookie["domain"]
        or cookie["path"] != "/"
        or cookie["samesite"] not in {"Lax", "Strict"}
        # One that is taken away holds nothing that a script could read.
        or (name == settings.SESSION_COOKIE_NAME and cookie.value and not cookie["httponly"])
    ]


def browser_of(world: worlds.World, who: str | None) -> Client:
    client = Client(raise_request_exception=False)
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    if who:
        person = world.people[who]
        person.is_active = True
        client.force_login(person, backend="reviews.backends.SignInBackend")
    return client


def is_private(name: str, who: str | None) -> bool:
    """Whoever is signed in, and whoever comes by a link that opens something."""
    links = {"accounts:invitation", "account_reset_password_from_key"}
    return bool(who and who != "closed") or OPEN_TO.get(name) == GUEST or name in links


def test_every_address(world, over_the_wire, claim, scale):
    answers, lacking = 0, []
    for who in ASK[:: scale(quick=2, whole=1)]:
        client = browser_of(world, who)
        for name, url in every_address(world):
            if name == "account_logout":
                continue
            for method in ("get", "post", "head")[: 3 if who in {"unit", None} else 2]:
                answer = ask(client, method, url)
                answers += 1
                by_letter = OPEN_TO.get(name) == GUEST
                if found := trouble(answer, private=is_private(name, who), by_letter=by_letter):
                    lacking.append(f"{who} {method} {name} {answer.status_code}: {found}")
    claim.measured(
        f"{answers - len(lacking):,} of {answers:,} answers {lacking[:3] or ''}".strip(),
        holds=not lacking,
    )


def broken(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError("said by a proof")


def test_errors_redirects_files(world, over_the_wire, claim, monkeypatch, tmp_path):
    client, stranger = browser_of(world, "unit"), browser_of(world, None)
    demanding = Client(raise_request_exception=False, enforce_csrf_checks=True)
    demanding.defaults |= client.defaults
    review = world.review

    private = {
        "page": client.get(review.get_absolute_url()),
        "not there": client.get("/no-such-page"),
        "not allowed": browser_of(world, "observer").get(
            reverse("reviews:history", args=[review.pk])
        ),
        "wrong method": client.put(reverse("accounts:keepalive")),
        "download": client.get(reverse("reviews:purpose_file", args=[review.pk, "docx"])),
        "paper": client.get(reverse("reviews:purpose_file", args=[review.pk, "pdf"])),
        "record": client.get(reverse("reviews:decision_record", args=[review.pk, 1, "docx"])),
    }
    public = {
        "redirect": stranger.get(reverse("home")),
        "without a token": demanding.post(reverse("account_login")),
        "another host": stranger.get("/", headers={"host": "evil.example"}),
        "health": stranger.get(reverse("health")),
        "not there, by a stranger": stranger.get("/no-such-page"),
        "too large": stranger.post(reverse("account_login"), {"login": "a" * 6_000_000}),
        "too many fields": stranger.post(
            reverse("account_login"), {str(number): "" for number in range(2_100)}
        ),
        "no UTF-8": stranger.get("/%ff%fe"),
        "static, not there": stranger.get("/static/nothing.css"),
    }
    assert private["page"].status_code == 200 and private["download"].status_code == 200
    monkeypatch.setattr("reviews.case.views.front.render", broken)
    private["our own mistake"] = client.get(reverse("home"))
    assert private["our own mistake"].status_code == 500
    found = {name: trouble(each, private=True) for name, each in private.items()}
    found |= {name: trouble(each, private=False) for name, each in public.items()}
    lacking = {name: said for name, said in found.items() if said}
    claim.measured(
        f"{len(found) - len(lacking)} of {len(found)} errors, redirects and downloads "
        f"{lacking or ''}".strip(),
        holds=not lacking,
    )


def test_static_files(over_the_wire, settings, claim, tmp_path, db):
    """Through whitenoise, as a web process serves them."""
    kinds = ["css", "js", "svg", "woff2", "html", "ico", "txt"]
    for kind in kinds:
        (tmp_path / f"a.{kind}").write_text("a")
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = False
    client = browser_of(None, None)  # type: ignore[arg-type]
    lacking = []
    for kind in kinds:
        answer = client.get(f"/static/a.{kind}")
        assert b"".join(answer.streaming_content) == b"a"
        if found := trouble(answer, private=False):
            lacking.append(f"{kind}: {found}")
    claim.measured(
        f"{len(kinds) - len(lacking)} of {len(kinds)} kinds of static files "
        f"{lacking or ''}".strip(),
        holds=not lacking,
    )


def test_over_plain_http_nothing_is_said(over_the_wire, claim, db):
    """But where to come instead; the answer that only a container asks for is left alone."""
    answers = [Client().get(url) for url in ("/", "/reviews/", reverse("account_login"))]
    away = [each.status_code == 301 and each.url.startswith("https://") for each in answers]
    claim.measured(f"{sum(away)} of {len(away)} plain requests sent to https", holds=all(away))
