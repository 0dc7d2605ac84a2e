"""A person sees where they are signed in, and ends one of those sessions or all others."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scr_portal.accounts import browsers, sessions
from scr_portal.accounts.models import Session
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent

PAGE = "/people/profile/"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def come(visitor, enter, clock):
    """A browser in which that person has signed in."""

    def signed_in(user, says: str = FIREFOX) -> Client:
        client = visitor(headers={"user-agent": says})
        enter(client, user.email)
        return client

    return signed_in


def listed(client: Client) -> list[str]:
    page = client.get(PAGE).content.decode()
    part = page.partition("Where you are signed in")[2].partition("</dl>")[0]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in part.split('<div class="govuk-summary-list__row')[1:]
    ]


def ends(client: Client) -> list[str]:
    return re.findall(r'action="([^"]+/end/)"', client.get(PAGE).content.decode())


def inside(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (EDGE, ("Edge", "Windows")),
        (PHONE, ("Safari", "iPhone")),
        (CHROME, ("Chrome", "Android")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
        ("<script>alert(1)</script>", ("", "")),
    ],
)
def test_a_browser_is_named_in_plain_words(says, words):
    assert browsers.named(says) == words


def test_each_session_is_listed_and_this_one_is_marked(come, somebody, clock):
    user = somebody()
    here = come(user)
    clock.shift(timedelta(minutes=5))
    come(user, EDGE)
    come(user, "curl/8.0")
    clock.shift(timedelta(minutes=1))
    rows = listed(here)
    assert len(rows) == 3
    [mine] = [row for row in rows if "This session" in row]
    assert "Firefox on Linux" in mine
    assert "Signed in 2 March 2026 at 12:00, last used" in mine
    [edge] = [row for row in rows if "Edge on Windows" in row]
    assert "Signed in 2 March 2026 at 12:05, last used 2 March 2026 at 12:05" in edge
    assert any("A browser that does not say what it is" in row for row in rows)
    assert len(ends(here)) == 2, "this one is ended by signing out"


def test_no_address_and_no_key_is_shown_or_kept(come, somebody, client):
    user = somebody()
    here, there = come(user), come(user, EDGE)
    page = here.get(PAGE).content.decode()
    for each in (here, there):
        assert each.session.session_key not in page
        assert each.defaults["REMOTE_ADDR"] not in page
        assert each.defaults["REMOTE_ADDR"] not in str(dict(each.session))
        assert "AppleWebKit" not in str(dict(each.session))


def test_one_that_was_ended_is_refused_at_its_next_request(come, somebody):
    user = somebody()
    here, there, third = come(user), come(user, EDGE), come(user, PHONE)
    [url] = [url for url in ends(here) if url in _end_of(there)]
    answer = here.post(url, follow=True)
    assert "That session has ended" in answer.content.decode()
    assert not inside(there)
    assert SESSION_KEY not in there.session
    assert inside(here)
    assert inside(third)
    [event] = AuditEvent.objects.filter(kind=Event.SESSION_ENDED)
    assert (event.actor_id, event.target_id) == (user.pk, str(user.pk))
    assert "There is no such session" in here.post(url, follow=True).content.decode()
    assert AuditEvent.objects.filter(kind=Event.SESSION_ENDED).count() == 1


def _end_of(client: Client) -> str:
    [row] = Session.objects.filter(session_key=client.session.session_key)
    [each] = [one for one in sessions.open_of(row.user) if one.key == row.session_key]
    return reverse("accounts:end_session", args=[each.handle])


def test_a_request_on_its_way_does_not_bring_an_ended_one_back(come, somebody, monkeypatch):
    """It read its session before the end, and writes it after."""
    user = somebody()
    here, there = come(user), come(user, EDGE)
    key, seen = there.session.session_key, sessions.seen

    def ended_meanwhile(request):
        Session.objects.filter(session_key=key).delete()
        request.session[sessions.SEEN] = sessions.now()

    with monkeypatch.context() as patched:
        patched.setattr(sessions, "seen", ended_meanwhile)
        there.get(PAGE)
    assert seen is sessions.seen
    assert not inside(there)
    assert not Session.objects.filter(session_key=key).exists()
    assert inside(here)


def test_somebody_elses_is_neither_listed_nor_ended(come, somebody):
    mine, theirs = come(somebody()), come(somebody(), EDGE)
    assert len(listed(mine)) == 1
    answer = mine.post(_end_of(theirs), follow=True)
    assert "There is no such session" in answer.content.decode()
    assert inside(theirs)
    assert not AuditEvent.objects.filter(kind=Event.SESSION_ENDED).exists()


def test_the_one_in_use_is_ended_by_signing_out(come, somebody):
    here = come(somebody())
    answer = here.post(_end_of(here), follow=True)
    assert "Sign out to end it" in answer.content.decode()
    assert inside(here)


def test_ending_takes_a_post(come, somebody):
    user = somebody()
    here, there = come(user), come(user, EDGE)
    assert here.get(_end_of(there)).status_code == 405
    assert inside(there)
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = here.cookies
    assert forger.post(_end_of(there)).status_code == 403
    assert inside(there)


def test_those_that_are_over_are_not_listed(come, somebody, clock):
    user = somebody()
    come(user, EDGE)
    clock.shift(timedelta(minutes=19))
    here = come(user)
    assert len(listed(here)) == 2
    clock.shift(timedelta(minutes=2))
    assert len(listed(here)) == 1, "idle for too long"
    come(user, PHONE)
    assert len(listed(here)) == 2
    here.post(reverse("accounts:sign_out_everywhere"))
    assert len(listed(here)) == 1, "no longer let in"


def test_a_session_of_a_visitor_is_nobodys(visitor):
    client = visitor()
    client.get(reverse("account_login"))
    session = client.session
    session["x"] = 1
    session.save()
    assert Session.objects.get().user_id is None


def test_whose_it_is_follows_it_to_a_new_key(come, somebody):
    user = somebody()
    here = come(user)
    before = here.session.session_key
    here.post(reverse("accounts:sign_out_everywhere"))
    assert here.session.session_key != before
    assert Session.objects.get(user=user).session_key == here.session.session_key


def test_a_page_costs_no_more_however_many_there_are(come, somebody):
    user = somebody()
    here = come(user)
    here.get(PAGE)
    counts = []
    for further in (0, 1, 8):
        for _ in range(further):
            come(user, EDGE)
        with CaptureQueriesContext(connection) as queries:
            here.get(PAGE)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
