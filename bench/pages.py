"""P1 to P6 and P9: pages over HTTP, in turn with the floor."""

import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench import practice, seed, web
from bench.claims import Found
from bench.floor.app import NARRATIVE, VERSION
from scr_portal.accounts.models import Board

CLAIMS = ("P1", "P2", "P3", "P4", "P5", "P6", "P9")
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def measure(bench: Any, found: Found) -> None:
    heard, wide = _heard(bench)
    file = bench.folder / "floor.json"
    file.write_text(json.dumps(_floor(heard["pages"], wide["pages"])))
    env, log = bench.env(FLOOR_PAGES=str(file)), bench.folder / "web.log"
    with (
        web.Web("scr_portal.wsgi", env, log, "--preload") as portal,
        web.Web("bench.floor.app:Floor()", env, log.with_name("floor.log")) as floor,
        _practice(bench, env) as usual,
    ):
        narrow = web.Browser(portal.port, heard["session"])
        many = web.Browser(portal.port, wide["session"])
        by_hand = web.Browser(floor.port)
        library = _of_practice(usual, heard["session"]) if usual else None
        _list(bench, found, narrow, by_hand, many, heard["pages"], wide["pages"])
        _questions(bench, found, narrow, by_hand, heard["pages"])
        _save(bench, found, narrow, by_hand, many, heard["pages"])
        _refuse(bench, found, narrow, by_hand)
        _together(bench, found, narrow, by_hand)
        share, whole = max(portal.memory())
        found.say("P9", web.memory_in_words(share, whole), share <= 110)
        if library and usual:
            _told_beside(bench, found, narrow, library, usual.log)
        if found.wants("P2") and bench.options.many:
            _very_many(bench, found, many)


def _practice(bench: Any, env: dict[str, str]) -> Any:
    """Without it where its packages cannot be had: it has no goal of its own."""
    try:
        own = practice.environment(env, bench.folder)
    except (OSError, subprocess.CalledProcessError):
        return nullcontext()
    log = bench.folder / "practice.log"
    return web.Web("django.core.wsgi:get_wsgi_application()", own, log)


def _of_practice(usual: web.Web, session: str) -> web.Browser:
    return web.Browser(usual.port, session, accept="text/html, application/json")


def _told_beside(
    bench: Any, found: Found, narrow: web.Browser, library: web.Browser, log: Path
) -> None:
    """What breaks the second baseline says nothing about the portal."""
    try:
        _beside(bench, found, narrow, library)
    except RuntimeError as trouble:
        last = log.read_text(errors="replace").splitlines()[-3:]
        print("\n".join([f"Common practice: {trouble}", *last]), file=sys.stderr, flush=True)


def _beside(bench: Any, found: Found, narrow: web.Browser, library: web.Browser) -> None:
    """Ours to what the libraries' guides would have: told beside the claims, and judged by none."""
    row = bench.row().pk
    at = iter(range(10**9))

    def saved(browser: web.Browser, path: str) -> float:
        sent = {"narrative": f"What is known, {next(at)}", "version": bench.begin_sitting()}
        return browser.ask(path, sent)[1]

    pairs: dict[str, list[web.Act]] = {
        "P1": [lambda: narrow.ask(bench.list)[1], lambda: library.ask("/reviews/")[1]],
        "P3": [
            lambda: narrow.ask(bench.questions)[1],
            lambda: library.ask(f"/questions/{bench.assessment.pk}")[1],
        ],
        "P4": [lambda: saved(narrow, bench.answer), lambda: saved(library, f"/answers/{row}")],
        "P5": [
            lambda: narrow.ask(bench.refused, expect=404)[1],
            lambda: library.ask(f"/reviews/{bench.foreign.pk}/", expect=404)[1],
        ],
    }
    for claim, acts in pairs.items():
        ours, theirs = web.medians(*acts, times=bench.options.times)
        words = f"{ours / theirs:.2f} times common practice ({ours:.1f} to {theirs:.1f} ms)"
        found.say(claim, words, True)


def _heard(bench: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The save apart from the pages: its answer bears a version that the floor can recognise."""
    people, pages = (
        bench.people,
        [
            {"name": "list", "path": bench.list},
            {"name": "questions", "path": bench.questions},
            {"name": "refused", "path": bench.refused, "expect": 404},
        ],
    )
    bench.begin_sitting(VERSION)
    sent = {"narrative": NARRATIVE, "version": VERSION}
    save = {"name": "save", "path": bench.answer, "sent": sent, "warm": bench.list}
    heard = bench.heard(people.lead, save, *pages)
    return heard, bench.heard(bench.wide, pages[0])


def _floor(narrow: dict[str, Any], wide: dict[str, Any]) -> dict[str, Any]:
    listed = {"main": '"reviews_review"."referred_on" DESC', "template": "list.html"}
    rows = '<tbody class="govuk-table__body">', "</tbody>"
    asked = {"main": '"asked_then"', "template": "questions.html"}
    forms = '<details class="govuk-details" id="marker-', "</main>"
    return {
        "list": _around(narrow["list"], *rows) | listed,
        "wide": _around(wide["list"], *rows) | listed,
        "questions": _around(narrow["questions"], *forms) | asked,
        "save": narrow["save"],
        "refused": narrow["refused"],
    }


def _around(page: dict[str, Any], begins: str, ends: str) -> dict[str, Any]:
    """The page without its rows, which the plain template writes."""
    head, _begins, rest = page["body"].partition(begins)
    _rows, _ends, tail = rest.rpartition(ends)
    return {**page, "head": head, "tail": tail}


def _statements(page: dict[str, Any]) -> int:
    return sum(not each.startswith(TRANSACTION) for each in page["statements"])


def _size(bench: Any, browser: web.Browser, path: str) -> int:
    return len(browser.ask(path)[0])


def _list(
    bench: Any,
    found: Found,
    narrow: web.Browser,
    floor: web.Browser,
    wide: web.Browser,
    heard: dict[str, Any],
    heard_wide: dict[str, Any],
) -> None:
    acts = [
        lambda: narrow.ask(bench.list)[1],
        lambda: floor.ask("/list")[1],
        lambda: wide.ask(bench.list)[1],
        lambda: floor.ask("/wide")[1],
    ]
    ours, by_hand, many, many_by_hand = web.medians(*acts, times=bench.options.times)
    bench.floor_list = many_by_hand
    count, ratio = _statements(heard["list"]), ours / by_hand
    sizes = len(narrow.ask(bench.list)[0]), len(floor.ask("/list")[0])
    words = f"{count} statements, {ratio:.2f} times ({ours:.1f} to {by_hand:.1f} ms"
    words += f"; {sizes[0] / 1000:.0f} and {sizes[1] / 1000:.0f} kB)"
    found.say("P1", words, count <= 8 and ratio <= 2.3)
    ratio, count = many / ours, _statements(heard_wide["list"])
    words = (
        f"{count} statements, {ratio:.2f} times the narrow person's ({many:.1f} to {ours:.1f} ms"
    )
    found.say("P2", f"{words}; its own floor {many_by_hand:.1f} ms)", ratio <= 1.3 and count <= 8)


def _questions(
    bench: Any, found: Found, narrow: web.Browser, floor: web.Browser, heard: dict[str, Any]
) -> None:
    acts = [lambda: narrow.ask(bench.questions)[1], lambda: floor.ask("/questions")[1]]
    ours, by_hand = web.medians(*acts, times=bench.options.times)
    count, ratio = _statements(heard["questions"]), ours / by_hand
    size, plain = len(narrow.ask(bench.questions)[0]), len(floor.ask("/questions")[0])
    words = f"{count} statements, {size / 1000:.0f} kB, {ratio:.2f} times"
    words += f" ({ours:.0f} to {by_hand:.0f} ms; the floor's page {plain / 1000:.0f} kB)"
    found.say("P3", words, count <= 9 and size <= 150_000 and ratio <= 3)


def _save(
    bench: Any,
    found: Found,
    narrow: web.Browser,
    floor: web.Browser,
    wide: web.Browser,
    heard: dict[str, Any],
) -> None:
    at = iter(range(10**9))

    def by(browser: web.Browser, path: str) -> float:
        sent = {"narrative": f"What was known, {next(at)}", "version": bench.begin_sitting()}
        return browser.ask(path, sent)[1]

    acts = [
        lambda: by(narrow, bench.answer),
        lambda: by(floor, "/save"),
        lambda: by(wide, bench.answer),
    ]
    ours, by_hand, widest = web.medians(*acts, times=bench.options.times)
    count, ratio, wider = _statements(heard["save"]), ours / by_hand, widest / ours
    words = f"{count} statements and those that begin and end it, {ratio:.2f} times"
    words += f" ({ours:.1f} to {by_hand:.1f} ms); the widest person {wider:.2f} times"
    found.say("P4", words, count <= 12 and ratio <= 1.5 and wider <= 1.2)


def _refuse(bench: Any, found: Found, narrow: web.Browser, floor: web.Browser) -> None:
    acts = [
        lambda: narrow.ask(bench.refused, expect=404)[1],
        lambda: floor.ask("/refused", expect=404)[1],
    ]
    ours, by_hand = web.medians(*acts, times=bench.options.times)
    ratio = ours / by_hand
    found.say("P5", f"{ratio:.2f} times ({ours:.1f} to {by_hand:.1f} ms)", ratio <= 1.5)


def _together(bench: Any, found: Found, narrow: web.Browser, floor: web.Browser) -> None:
    each = bench.options.times // 2
    shares = []
    for path, plain in ((bench.list, "/list"), (bench.questions, "/questions")):
        rates = [
            web.throughput(act, clients=8, each=each)
            for act in (lambda: narrow.ask(path)[1], lambda: floor.ask(plain)[1])  # noqa: B023
        ]
        shares.append((rates[0] / rates[1], rates))
    words = "; ".join(
        f"{name} {share:.0%} ({rates[0]:.0f} to {rates[1]:.0f} a second)"
        for name, (share, rates) in zip(("list", "questions"), shares, strict=True)
    )
    found.say("P6", words, shares[0][0] >= 0.45 and shares[1][0] >= 0.30)


def _very_many(bench: Any, found: Found, wide: web.Browser) -> None:
    boards = list(Board.objects.order_by("pk")[:20])
    for _at in range(bench.options.reviews, bench.options.many, 5000):
        seed.reviews(bench.people, 5000, boards)
    seed.settle()
    (ours,) = web.medians(lambda: wide.ask(bench.list)[1], times=10)
    ratio = ours / bench.floor_list
    words = f"with {bench.options.many:,} reviews {ratio:.2f} times the floor at"
    words += f" {bench.options.reviews:,} ({ours:.0f} to {bench.floor_list:.1f} ms)"
    found.say("P2", words, ratio <= 5)
