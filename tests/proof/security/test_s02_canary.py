"""A word that stands in every text of a case, looked for in whatever others are shown or sent."""

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pypdf
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from scr_portal.guests import letters
from scr_portal.guests.models import GuestLetter
from scr_portal.notifications import mail
from scr_portal.notifications.models import Notification
from tests.matrix import test_urls as matrix
from tests.matrix.world import MISSING
from tests.proof.frame import Claim
from tests.proof.security import worlds
from tests.proof.security.test_s01_urls import guarded

CLAIM = Claim(
    id="S2",
    says="Nothing of a case shows to somebody it is closed to: not on a page, in a list, a count, "
    "a picker, a file, a mail or a log.",
    how="A word is written into every text of every row of a case, past all rules. As each person "
    "it is closed to, all links are followed from the front page, every address is asked for, the "
    "case is searched for, files are opened and read, and mails and log lines gathered.",
    goal="0 found in 5,000 responses; its own people do find it",
)
pytestmark = pytest.mark.timeout(3000)

FOUND = worlds.CANARY.lower().encode()
# What one looks for: half of the word, so that a page that repeats it has not given it away.
SOUGHT = (worlds.CANARY[:6], "Child", "qzwy")
LEAVES = ("/sign-in/logout", "sign-out-everywhere")


class Links(HTMLParser):
    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.searches: list[tuple[str, str]] = []
        self._action: str | None = None
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        for name in ("href", "data-progress-url", "data-autosave-url"):
            if named.get(name) and tag != "link":
                self.found.append(str(named[name]))
        if tag == "form":
            is_read = (named.get("method") or "get").lower() == "get"
            self._action = (named.get("action") or "") if is_read else None
        if tag == "input" and self._action is not None and named.get("type") in {"search", "text"}:
            self.searches.append((self._action, str(named.get("name"))))


def make() -> worlds.Two:
    return worlds.make()


@pytest.fixture
def two(laid, quiet, settings) -> worlds.Two:
    # A brake on refusals would end the walk, not the leaks.
    settings.SESSION_IDLE_SECONDS = settings.SESSION_ABSOLUTE_SECONDS = 10**9
    return laid


def words_of(response: HttpResponse) -> bytes:
    """What a person reads of it: the text of a PDF, the parts of an Office file, names, headers."""
    body = response.getvalue() if not response.streaming else b"".join(response)
    kind = response.headers.get("Content-Type", "")
    told = [*(f"{name}: {value}" for name, value in response.items()), kind]
    if "pdf" in kind:
        pages = pypdf.PdfReader(io.BytesIO(body))
        told += [page.extract_text() for page in pages.pages] + [str(pages.metadata)]
    elif body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    return body + " ".join(told).encode()


def why(response: HttpResponse) -> str:
    """The error behind a page that failed, for whoever reads the proof."""
    kind, error, _trace = getattr(response, "exc_info", None) or (None, "", None)
    return f"{response.status_code} {kind.__name__ if kind else ''} {str(error)[:150]}".strip()


class Walk:
    """One person's way through the portal; what they met the word on is kept."""

    def __init__(self, client: Client, most: int) -> None:
        self.client, self.most = client, most
        client.raise_request_exception = False
        self.seen: set[str] = set()
        self.leaks: list[str] = []
        self.broken: list[str] = []

    def from_(self, *starts: str) -> "Walk":
        waiting = list(starts)
        while waiting and len(self.seen) < self.most:
            url = waiting.pop(0)
            if url not in self.seen:
                waiting += self.step(url)
        return self

    def step(self, url: str) -> list[str]:
        self.seen.add(url)
        response = matrix.ask(self.client, "get", url)
        if response.status_code >= 500:
            self.broken.append(f"{url}: {why(response)}")
        if FOUND in words_of(response).lower():
            self.leaks.append(url)
        if response.status_code in {301, 302, 303}:
            return self.inside([response.url], url)
        if response.streaming or "html" not in response.headers.get("Content-Type", ""):
            return []
        links = Links(response.content.decode())
        searches = [
            f"{action or urlsplit(url).path}?{name}={word}"
            for action, name in links.searches
            for word in SOUGHT
        ]
        return self.inside([*links.found, *searches], url)

    def inside(self, found: list[str], here: str) -> list[str]:
        there = (urlsplit(urljoin(here, each)) for each in found)
        ours = (each for each in there if each.netloc in {"", "testserver"})
        return [
            f"{each.path}?{each.query}" if each.query else each.path
            for each in ours
            if each.path.startswith("/")
            and not each.path.startswith("/static/")
            and not any(leave in each.path for leave in LEAVES)
        ]


def starts(two: worlds.Two, at: dict[str, list[str]]) -> Iterator[str]:
    """The front page, and each address as one would guess it: at their case and inside of ours."""
    yield "/"
    for name, wanted in at.items():
        theirs = two.theirs.kwargs(name, wanted)
        ours = two.ours.kwargs(name, wanted)
        yield reverse(name, kwargs=ours)
        door = {key: ours[key] for key in ("review", "board") if key in ours}
        for kwargs in (theirs, theirs | door):
            yield reverse(name, kwargs=kwargs)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every line that is logged, as the portal writes it."""
    kept: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Keeping(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)


def test_the_word_of_another_case_is_found_nowhere(two, sign_in, lines, scale, claim):
    logging.disable(logging.NOTSET)
    met, leaks, broken = 0, [], []
    everybody, urls = list(worlds.everybody(two))[:: scale(3, 1)], list(starts(two, guarded()))
    each = scale(8, 220)
    for number, (who, user) in enumerate(everybody):
        walk = Walk(sign_in(user), each)
        # Each begins elsewhere, so that the short walks of all see every address between them.
        turned = urls[number * len(urls) // len(everybody) :] + urls
        walk.from_("/", *turned)
        met += len(walk.seen)
        leaks += [f"{who} {url}" for url in walk.leaks]
        broken += [f"{who} {url}" for url in walk.broken]
    leaks += [f"mail to {to}" for to in mails_with_the_word()]
    leaks += [f"log: {line[:80]}" for line in lines if FOUND.decode() in line.lower()]
    print(*leaks, *broken, sep="\n")
    claim.measured(
        f"{len(leaks)} found in {met:,} responses to {len(everybody)} people, "
        f"{len(lines):,} lines of log and all mail; the word stood in {two.written:,} texts",
        not leaks and not broken and met >= scale(60, 5_000) and two.written > 300,
    )


def mails_with_the_word() -> list[str]:
    """Of every message there is, to anybody: none may hold words of a case."""
    rows = [*Notification.objects.all(), *GuestLetter.objects.select_related("link__board")]
    found = []
    for row in rows:
        compose = letters.compose if isinstance(row, GuestLetter) else mail.compose
        made = compose(row)
        if isinstance(made, mail.NotSent):
            continue
        text = f"{made.subject}\n{made.body}".lower().encode()
        if FOUND in text:
            found.append(f"{made.to}: {made.subject}")
    return found


def test_its_own_people_meet_it_everywhere(two, sign_in, scale):
    """Else the walk above would prove nothing: the word has to be there to be hidden."""
    met, broken = Counter(), []
    for who in ("unit", "chair", "lead", "liaison")[: scale(1, 4)]:
        client = sign_in(two.theirs.people[who])
        client.raise_request_exception = False
        for name, wanted in guarded().items():
            kwargs = two.theirs.kwargs(name, wanted)
            if name in matrix.REVIEW_TO and re.search("new|edit|download|paper|pdf", name) is None:
                response = matrix.ask(client, "get", reverse(name, kwargs=kwargs))
                if response.status_code >= 500:
                    broken.append(f"{who} {name}: {why(response)}")
                met[name] += FOUND in words_of(response).lower()
    assert not broken, "\n".join(broken)
    assert sum(map(bool, met.values())) > 40, met
    assert MISSING not in two.rows
