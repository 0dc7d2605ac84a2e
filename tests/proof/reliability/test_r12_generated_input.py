"""Every form and every address under input that nobody would type."""

import random
from collections import Counter
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from scr_portal.accounts import sessions
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.matrix import world as worlds
from tests.matrix.conftest import _laid, laid, quiet  # noqa: F401
from tests.matrix.test_urls import arguments
from tests.proof.frame import Claim
from tests.proof.reliability import generating

CLAIM = Claim(
    id="R12",
    says="Nothing that is typed, posted or asked for brings the server to an error",
    how="Every address is read and written to by those who may: the forms of its pages filled with "
    "generated values, its query, numbers in its path and bodies of JSON as well",
    goal="0 server errors in 10,000 requests",
)
PEOPLE = ["unit", "chair", "lead", "liaison", "member", "administrator"]


def make() -> worlds.World:
    return worlds.make(casting.gather())


class Asking:
    """Requests that change nothing for the next, and what came of them."""

    def __init__(self, world: worlds.World, sign_in: Any, draw: random.Random) -> None:
        self.world, self.draw = world, draw
        self.clients = {who: self._client(sign_in(world.people[who])) for who in PEOPLE}
        self.errors: Counter[str] = Counter()
        self.number, self.posts = 0, 0

    @staticmethod
    def _client(client: Client) -> Client:
        client.raise_request_exception = False
        session = client.session
        session[sessions.BEGAN] = session[sessions.SEEN] = sessions.now()
        session.save()
        return client

    def ask(self, name: str, who: str, method: str, url: str, **given: Any) -> HttpResponse:
        client = self.clients[who]
        cookies = client.cookies.copy()
        with transaction.atomic():
            response = getattr(client, method)(url, **given)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        client.cookies = cookies
        self.number += 1
        self.posts += method == "post"
        if response.status_code >= 500 and name != "health":  # its 503 says who is silent
            why = getattr(response, "exc_info", None)
            said = f"{why[0].__name__}: {str(why[1])[:80]}" if why else str(response.status_code)
            self.errors[f"{method} {name}: {said}"] += 1
        return response

    def address(self, name: str, pattern: Any) -> str | None:
        known = self.world.arguments | self.world.special.get(name, {})
        wanted = arguments(pattern, name)
        values = {each: generating.argument(each, known.get(each, 1), self.draw) for each in wanted}
        try:
            return reverse(name, kwargs=values)
        except NoReverseMatch:
            return None

    def one(self, name: str, pattern: Any) -> None:
        """Its page, each form of it, a bare post and a body of JSON."""
        draw, who = self.draw, self.draw.choice(PEOPLE)
        if not (url := self.address(name, pattern)):
            return
        asked = f"{url}?{urlencode(generating.query(draw))}" if draw.random() < 0.5 else url
        page = self.ask(name, who, "get", asked)
        html = page.status_code == 200 and "text/html" in page.get("Content-Type", "")
        forms = generating.forms_in(page.content.decode(errors="replace")) if html else []
        for action, fields in draw.sample(forms, min(len(forms), 3)):
            where = urljoin(url, action).partition("#")[0] or url
            self.ask(name, who, "post", where, data=generating.filled(fields, draw))
        if draw.random() < 0.3:
            plain = {each: draw.choice(generating.TEXTS) for each in ("version", "text", "reason")}
            self.ask(name, who, "post", url, data=plain)
        if draw.random() < 0.3:
            json = {"content_type": "application/json", "HTTP_ACCEPT": "application/json"}
            self.ask(name, who, "post", url, data=generating.body(draw), **json)


@pytest.fixture
def world(laid, quiet):  # noqa: F811
    return laid


@pytest.mark.timeout(2400)
def test_every_address_under_generated_input(claim, scale, world, sign_in):
    requests = scale(quick=200, whole=10_000)
    draw = random.Random(12)
    asking = Asking(world, sign_in, draw)
    every = list(patterns())
    while asking.number < requests:
        draw.shuffle(every)
        for name, pattern in every:
            if asking.number >= requests:
                break
            asking.one(name, pattern)
    worst = "; ".join(f"{what} ({n})" for what, n in asking.errors.most_common(5))
    claim.measured(
        figure=f"{sum(asking.errors.values())} server errors in {asking.number:,} requests, "
        f"{asking.posts:,} of them posts, to {len(every)} addresses" + (f": {worst}" * bool(worst)),
        holds=not asking.errors,
    )
