"""Every address against every person, at what is theirs, at what is others', and at nothing.

What a person may do at their own is read from the matrix (tests/matrix); here stands what they meet
everywhere else.
"""

import time
import zlib
from statistics import quantiles
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from scr_portal.accounts import sessions
from tests.architecture.test_urls import patterns
from tests.matrix import test_urls as matrix
from tests.matrix.marks import GUEST, PUBLIC, SIGNED_IN
from tests.matrix.world import MISSING, World
from tests.proof.frame import Claim
from tests.proof.security import worlds

CLAIM = Claim(
    id="S1",
    says="Nobody reaches what is not theirs by any address, or learns that it exists.",
    how="Every address by its name, as each kind of person, at their own case, at another "
    "board's, at another's parts inside of their own, and at nothing; read, sent, asked for the "
    "head alone and by script. Answers about others' are compared with those about nothing, byte "
    "by byte, and by the clock in turns.",
    goal="2,400 cells or more, every address has a row, 0 leaks; within 2 ms of each other",
)
pytestmark = pytest.mark.timeout(3000)

BY_SCRIPT = {"HTTP_X_REQUESTED_WITH": "fetch", "HTTP_ACCEPT": "application/json"}
WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "get": ("get", {}),
    "post": ("post", {}),
    "head": ("head", {}),
    "script": ("post", BY_SCRIPT),
    "fragment": ("get", BY_SCRIPT),
}
PLACES = ("own", "theirs", "their part", "nothing")


class Cell(NamedTuple):
    name: str
    way: str
    place: str


def make() -> worlds.Two:
    return worlds.make()


@pytest.fixture
def two(laid, quiet) -> worlds.Two:
    return laid


@pytest.fixture
def visiting(sign_in):
    def visitor(user: Any) -> Client:
        client = sign_in(user)
        client.raise_request_exception = False
        session = client.session
        session[sessions.BEGAN] = session[sessions.SEEN] = sessions.now()
        session.save()
        return client

    return visitor


def guarded() -> dict[str, list[str]]:
    """The addresses of a board or a review, with what stands in their path."""
    return {
        name: matrix.arguments(pattern, name)
        for name, pattern in patterns()
        if name in matrix.REVIEW_TO or name in matrix.BOARD_TO
    }


def address(two: worlds.Two, cell: Cell, wanted: list[str]) -> tuple[str, str]:
    """Where to knock, and the address of nothing that must answer the same."""
    ours, theirs = (each.kwargs(cell.name, wanted) for each in (two.ours, two.theirs))
    nothing = two.ours.kwargs(cell.name, wanted, missing=True)
    door = {key: ours[key] for key in ("review", "board") if key in ours}
    empty = {
        key: value if ours[key] == value or not isinstance(value, int) else MISSING
        for key, value in theirs.items()
    }
    there, twin = {
        "own": (ours, ours),
        "theirs": (theirs, nothing),
        "their part": (theirs | door, empty | door),
        "nothing": (nothing, nothing),
    }[cell.place]
    return reverse(cell.name, kwargs=there), reverse(cell.name, kwargs=twin)


def cells(share: int, who: str, at: dict[str, list[str]]) -> list[Cell]:
    """One in ``share``, drawn anew for each person and the same at each run."""
    found = [Cell(name, way, place) for name in at for way in WAYS for place in PLACES]
    return [each for each in found if zlib.crc32(f"{who} {each}".encode()) % share == 0]


def trouble(two: worlds.Two, who: str, client: Client, cell: Cell, wanted: list[str]) -> str:
    """In words what is wrong at that address; empty when it is as it should be."""
    url, twin = address(two, cell, wanted)
    answer = knock(client, cell.way, url)
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if cell.place == "own" or (cell.place == "theirs" and looks_after_all(who, cell.name)):
        return at_own(who, cell, answer, client, url)
    if who != "closed" and cell.place != "their part" and answer.status_code != 404:
        return f"{answer.status_code}"
    if url != twin and who != "closed":
        other = knock(client, cell.way, twin)
        return "" if matrix.seen(answer) == matrix.seen(other) else "it differs from nothing"
    return ""


def looks_after_all(who: str, name: str) -> bool:
    """An administrator does at every board what one does at ours."""
    is_allowed = matrix.BOARD_TO.get(name) in matrix.board_allowed(who)
    return who == "administrator" and is_allowed


def at_own(who: str, cell: Cell, answer: HttpResponse, client: Client, url: str) -> str:
    method = WAYS[cell.way][0].replace("head", "get")
    if who == "closed":
        return "" if answer.status_code in {302, 401} else f"{answer.status_code} when closed"
    if cell.way == "head":
        read = knock(client, "get", url)
        same = (answer.status_code, b"".join(answer)) == (read.status_code, b"")
        return "" if same else f"{answer.status_code} for the head, {read.status_code} to read"
    if cell.name in matrix.REVIEW_TO:
        return matrix._trouble(who, cell.name, method, answer)
    allowed = matrix.BOARD_TO[cell.name] in matrix.board_allowed(who)
    if allowed:
        gone = answer.status_code == 404 and cell.name not in matrix.MAY_BE_GONE
        return f"{answer.status_code}" if answer.status_code == 403 or gone else ""
    return "" if answer.status_code == 404 else f"{answer.status_code}, though it must not exist"


def knock(client: Client, way: str, url: str) -> HttpResponse:
    method, headers = WAYS[way]
    client.defaults.update(headers)
    try:
        return matrix.ask(client, method, url)
    finally:
        for each in headers:
            client.defaults.pop(each)


def test_nobody_gets_anywhere_but_to_their_own(two, visiting, scale, claim):
    at = guarded()
    named = {name for name, _ in patterns()} <= {
        *matrix.OPEN_TO,
        *matrix.BOARD_TO,
        *matrix.REVIEW_TO,
    }
    count, leaks = 0, []
    for who in matrix.EVERYBODY:
        client = visiting(two.ours.people[who])
        for cell in cells(scale(600, 40), who, at):
            count += 1
            if wrong := trouble(two, who, client, cell, at[cell.name]):
                leaks.append(f"{who} {cell}: {wrong}")
    with_guests, of_guests = at_the_door(two, at, scale(12, 1))
    leaks += of_guests
    print(*leaks, sep="\n")
    claim.measured(
        f"{len(leaks)} leaks in {count + with_guests:,} cells of {len(at)} addresses"
        + ("" if named else "; an address has no row"),
        named and not leaks and (count + with_guests >= scale(100, 2_400)),
    )


def at_the_door(two: worlds.Two, at: dict[str, list[str]], share: int) -> tuple[int, list[str]]:
    """Nobody who is not signed in, and no guest with a link of another's, gets past it."""
    stranger, leaks, count = Client(), [], 0
    for name, pattern in patterns():
        if matrix.OPEN_TO.get(name) in {PUBLIC, GUEST} or zlib.crc32(name.encode()) % share:
            continue
        known = two.theirs.arguments | two.theirs.special.get(name, {})
        wanted = at.get(name) or matrix.arguments(pattern, name)
        url = reverse(name, kwargs={key: known.get(key, 1) for key in wanted})
        for way in WAYS:
            count += 1
            answer = knock(stranger, way, url)
            if answer.status_code not in {302, 401} or worlds.CANARY.encode() in answer.content:
                leaks.append(f"nobody {way} {name}: {answer.status_code}")
    return count, leaks


# One for each way of refusing: by the review, by a part of it, by the board, by whom it is for.
TIMED = (
    *("reviews:detail", "reviews:document_download", "quality_markers:questions"),
    *("families:person", "accounts:people", "quality_markers:answer", "reviews:input_answer"),
    *("quality_markers:export_status", "reviews:edit"),
)
WHO_WAITS = ("unit", "lead", "stranger", "recused")


def test_the_clock_tells_others_from_nothing_as_little_as_the_bytes(two, visiting, scale, claim):
    """By turns, so that whatever else the machine does falls on both alike.

    A few of them are timed by the work of this process alone, since other tests run beside.
    """
    watch = (time.process_time, time.perf_counter)[scale(0, 1)]
    at, slowest = guarded(), ("", 0.0)
    names = [name for name in TIMED if name in at][: scale(3, 99)]
    for who in WHO_WAITS[: scale(1, 9)]:
        client = visiting(two.ours.people[who])
        for name in names:
            url, twin = address(two, Cell(name, "get", "theirs"), at[name])
            apart = abs(in_turns(client, url, twin, scale(15, 60), watch))
            if apart > slowest[1]:
                slowest = (f"{name} as {who}", apart)
    name, apart = slowest
    words = f"the quickest fifths at most {apart * 1000:.2f} ms apart ({name})"
    claim.measured(words, apart < 0.002)


def in_turns(client: Client, one: str, other: str, times: int, watch: Any) -> float:
    """Seconds between their quickest fifths, as whoever listens would compare them.

    What else the machine does only ever adds to a time, so it is in the slower ones.
    """
    taken: dict[str, list[float]] = {one: [], other: []}
    for turn in range(times + 3):
        for url in (one, other) if turn % 2 else (other, one):
            began = watch()
            knock(client, "get", url)
            taken[url].append(watch() - began)
    return quantiles(taken[one][3:], n=5)[0] - quantiles(taken[other][3:], n=5)[0]


def test_a_part_of_another_boards_own_lists_is_not_theirs_either(two, visiting):
    """The shared addresses (drafts, messages, what one sent in) know their own people alone."""
    client = visiting(two.ours.people["unit"])
    for name, pattern in patterns():
        if matrix.OPEN_TO.get(name) != SIGNED_IN:
            continue
        wanted = matrix.arguments(pattern, name)
        if "pk" in wanted or "notification" in wanted:
            theirs = _of(two.theirs, name, wanted)
            answer = knock(client, "get", reverse(name, kwargs=theirs))
            assert answer.status_code in {302, 404, 405}, name
            assert worlds.CANARY.encode() not in answer.content, name


def _of(world: World, name: str, wanted: list[str]) -> dict[str, Any]:
    known = world.arguments | world.special.get(name, {})
    return {key: known.get(key, MISSING) for key in wanted}
