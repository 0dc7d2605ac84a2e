"""P10: what a page asks of the database does not hang on how much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scr_portal.accounts import sessions
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.matrix import world as worlds
from tests.matrix.test_urls import BOARD_TO, OPEN_TO, REVIEW_TO, SIGNED_IN, arguments
from tests.proof.frame import Claim
from tests.proof.performance.multiplying import Multiplied

pytestmark = pytest.mark.timeout(1500)

CLAIM = Claim(
    id="P10",
    says="A page costs as many statements with a hundred times the data",
    how="every address that answers somebody, at 1, 10 and 100 times all that people write",
    goal="the same number, at every address",
)
WHO = ("unit", "lead", "chair", "member")
# What a session notes of itself goes by the time that has passed.
OWN = ("SAVEPOINT", "RELEASE", 'UPDATE "accounts_session"')


def make():
    return worlds.make(casting.gather())


def addresses(world):
    """Every list and read address, but for what belongs to no data: signing in and out."""
    for name, pattern in patterns():
        if name in BOARD_TO or name in REVIEW_TO or OPEN_TO.get(name) == SIGNED_IN:
            wanted = arguments(pattern, name)
            if set(wanted) <= world.arguments.keys() | world.special.get(name, {}).keys():
                yield name, reverse(name, kwargs=world.kwargs(name, wanted))


def visited(client, url):
    """To its end: a file that is left half read ends its request, and the connection, later."""
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def asked(client, url):
    """Statements of a page, or None where it answers with none. What it writes is taken back."""
    with CaptureQueriesContext(connection) as caught:
        response = visited(client, url)
    if response.status_code != 200:
        return None
    return [query["sql"] for query in caught.captured_queries if not query["sql"].startswith(OWN)]


@pytest.fixture
def clients(laid, quiet, sign_in):
    found = {who: sign_in(laid.people[who]) for who in WHO}
    for client in found.values():
        client.raise_request_exception = False  # a page that breaks is named beside the others
    return found


def test_every_page_costs_the_same_however_much_there_is(laid, clients, claim, scale, monkeypatch):
    monkeypatch.setattr(sessions, "STEP", sessions.STEP * 1000)
    connection.close_at = None
    pages = {}
    for name, url in addresses(laid):
        for who, client in clients.items():
            visited(client, url)  # a first visit is noted in the history, or loads what is kept
            if (found := asked(client, url)) is not None:
                pages[name] = who, url, len(found)
                break
    grown = {}
    multiplied = Multiplied()
    for times in (10, scale(10, 100)):
        if times == multiplied.there:
            continue
        multiplied.times(times)
        for name, (who, url, before) in pages.items():
            found = asked(clients[who], url)
            if found is None or len(found) != before:
                grown[name] = f"{name} {before} to {len(found) if found else 'none'} at {times}"
    figure = f"{len(pages) - len(grown)} of {len(pages)} addresses the same at {times} times"
    if multiplied.not_copied:
        figure += f" (without {', '.join(sorted(multiplied.not_copied))})"
    if grown:
        figure += ": not " + ", ".join(grown.values())
    claim.measured(figure=figure, holds=not grown)
