"""Whether whatever is done is in the history, once, and whether nobody can change that it is."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from reviews.permissions import Role
from scr_portal.audit import anchoring, verify
from scr_portal.audit.places import Folder
from scr_portal.demonstration import loading
from tests import builders
from tests import cast as casting
from tests.architecture.test_urls import patterns
from tests.matrix import test_urls as matrix
from tests.matrix import world as worlds
from tests.matrix.conftest import _laid, laid, quiet
from tests.owner import as_owner
from tests.proof.frame import WHOLE, Claim
from tests.proof.security import acts, tampering

CLAIM = Claim(
    id="S12",
    says="Whatever somebody does, reads, takes away or is refused is in the history once, and "
    "nothing of the history can be changed, taken out or put in without being found",
    how="Every operation that the builders and the demonstration call is watched for what it "
    "writes and which events it leaves; every address is asked by who may and by who may not; "
    "then the history is tampered with as its owner, with all hashes made anew or not, and "
    "looked at against its chain and its anchor",
    goal="100 per cent recorded, none twice; 200 of 200 tamperings found; the application's role "
    "can change, remove or empty nothing",
)
pytestmark = pytest.mark.timeout(1800)
__all__ = ["_laid", "laid", "quiet"]
GUARDS = ("audit.AuditEvent:append_only", "audit.AuditEvent:chain")
READERS = [Role.UNIT, Role.CHAIR, Role.LEAD, Role.LIAISON, Role.PANEL, Role.AUDITOR]
TABLES = {"audit_auditevent": "chain", "audit_chainhead": "chain", "audit_anchor": "digest"}


def make() -> tuple[worlds.World, list[acts.Act]]:
    """Once for the module: making the world is what is watched first."""
    with acts.every_operation() as done:
        world = worlds.make(casting.gather())
    return world, done


@pytest.fixture
def world(laid, quiet):
    return laid[0]


def test_every_operation_leaves_its_event(claim, laid):
    _world, done = laid
    if WHOLE:
        with acts.every_operation() as more:
            loading.load()
        done = done + more
    missing = sorted({act.name for act in done if act.is_missing})
    twice = sorted({act.name for act in done if act.twice})
    names = {act.name for act in done}
    claim.measured(
        figure=f"{len(done):,} acts of {len(names)} of {len(acts.operations())} operations: "
        f"{len(missing)} without an event {missing or ''}, {len(twice)} with one twice "
        f"{twice or ''}",
        holds=not missing and not twice,
    )


def asked(client: Client, method: str, url: str) -> tuple[Any, acts.Act]:
    """One request that is taken back, with what it wrote and left."""
    with transaction.atomic():
        with acts.watched(f"{method} {urlsplit(url).path}") as act:
            response = getattr(client, method)(url)
            if not response.streaming:
                response.content  # noqa: B018
        transaction.set_rollback(True)
    return response, act


def urls_of(world: worlds.World, rows: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, pattern in patterns():
        if name in rows:
            kwargs = world.kwargs(name, matrix.arguments(pattern, name))
            found.append((name, reverse(name, kwargs=kwargs)))
    return found


def test_every_page_form_and_download_leaves_its_event(claim, scale, world, sign_in):
    clients = {role: sign_in(world.people[role]) for role in READERS}
    step, wrong, counted = scale(quick=29, whole=1), [], Counter()
    for name, url in urls_of(world, matrix.REVIEW_TO)[::step]:
        role = _reader(name)
        if role is None:
            continue
        for method in ("get", "post"):
            response, act = asked(clients[role], method, url)
            counted[_sort(response, method)] += 1
            if trouble := _trouble(response, method, act):
                wrong.append(f"{name} {method}: {trouble}")
    claim.measured(
        figure=f"{counted['page']} pages of reviews, {counted['file']} downloads and "
        f"{counted['form']} forms sent: {len(wrong)} without their event, or with one twice"
        f"{': ' if wrong else ''}{'; '.join(wrong[:12])}",
        holds=not wrong,
    )


def _reader(name: str) -> Role | None:
    """Who opens it of those at hand: the first that may."""
    if name in matrix.ASKED_OF or name in matrix.FOR_INPUT:
        return None
    wanted = matrix.REVIEW_TO[name]
    return next((role for role in READERS if matrix.allowed_to(role) & wanted), None)


def _is_file(response: Any) -> bool:
    return response.status_code == 200 and "attachment" in response.get("Content-Disposition", "")


def _sort(response: Any, method: str) -> str:
    if _is_file(response):
        return "file"
    return "form" if method == "post" else "page"


def _trouble(response: Any, method: str, act: acts.Act) -> str:
    kinds = Counter(event.kind for event in act.events)
    if response.status_code in {403, 404}:
        return "" if kinds == {"access_refused": 1} else f"refused with {dict(kinds)}"
    if act.twice:
        return f"twice: {act.twice}"
    if act.is_missing:
        return f"writes {sorted(act.wrote)} and says nothing"
    if response.status_code == 200 and method == "get" and kinds["review_opened"] != 1:
        return f"opened with {dict(kinds)}"
    if _is_file(response) and not kinds - Counter(["review_opened"]):
        return "a file leaves and nothing says so"
    return ""


def test_every_refusal_leaves_its_event(claim, scale, world, sign_in):
    step, wrong, number = scale(quick=37, whole=1), [], 0
    urls = urls_of(world, matrix.REVIEW_TO) + urls_of(world, matrix.BOARD_TO)
    for who in ("stranger", "recused", "observer"):
        client = sign_in(world.people[who])
        for name, url in urls[::step]:
            for method in ("get", "post"):
                response, act = asked(client, method, url)
                if response.status_code not in {403, 404}:
                    continue
                number += 1
                if [event.kind for event in act.events] != ["access_refused"]:
                    wrong.append(f"{who} {method} {name}: {[e.kind for e in act.events]}")
    claim.measured(
        figure=f"{number:,} refusals: {len(wrong)} without their one event {wrong[:5] or ''}",
        holds=not wrong and number > 0,
    )


def test_every_tampering_is_found(claim, scale, world, tmp_path, settings):
    settings.AUDIT_ANCHOR = f"file://{tmp_path}"
    settings.AUDIT_ANCHOR_KEY = "kept elsewhere"
    reviews = [world.review, builders.a_review(world.cast)]
    place = Folder(tmp_path)
    anchoring.write()
    assert verify.first_break() is None and anchoring.first_trouble(place) is None
    by_chain, by_anchor, lost = 0, 0, []
    chains = ["portal", *(str(review.pk) for review in reviews)]
    wanted = tampering.generated(scale(quick=30, whole=200), chains)
    for name, act in wanted:
        with transaction.atomic():
            with as_owner(), pgtrigger.ignore(*GUARDS):
                act()
            if verify.first_break():
                by_chain += 1
            elif anchoring.first_trouble(place):
                by_anchor += 1
            else:
                lost.append(name)
            transaction.set_rollback(True)
    claim.measured(
        figure=f"{by_chain + by_anchor} of {len(wanted)} tamperings found, {by_chain} by the chain "
        f"alone and {by_anchor} by the anchor{': not ' if lost else ''}{', '.join(lost)}",
        holds=not lost,
    )


def test_the_applications_role_can_change_nothing_of_it(claim, world):
    done = []
    for table, column in TABLES.items():
        for sql in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
        ):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(sql)
                    transaction.set_rollback(True)
            except DatabaseError as error:
                assert "permission denied" in str(error), error
            else:
                done.append(sql)
    claim.measured(
        figure=f"{len(done)} of {3 * len(TABLES)} statements carried out {done or ''}",
        holds=not done,
    )
