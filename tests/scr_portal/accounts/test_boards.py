"""Agencies, office closures and boards."""

from datetime import date

import pytest
from django.urls import reverse

from scr_portal.accounts import operations
from scr_portal.accounts.models import Board
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from scr_portal.core import contributions
from scr_portal.core.reasons import Refused


def last() -> AuditEvent:
    return AuditEvent.objects.latest("pk")


@pytest.fixture
def asked(settings, monkeypatch):
    """Boards whose dates were asked to be worked out anew."""
    boards = []

    def closures_changed(board):
        boards.append(board)
        return []

    listed = {"closures_changed": ["tests.scr_portal.accounts.test_boards.answering"]}
    settings.CONTRIBUTIONS = {**settings.CONTRIBUTIONS, **listed}
    found = contributions._function
    monkeypatch.setattr(
        contributions,
        "_function",
        lambda path: closures_changed if path.endswith("answering") else found(path),
    )
    return boards


def test_agencies_are_added_and_renamed(cast, sign_in):
    client = sign_in(cast.unit)
    url = reverse("accounts:agencies", args=[cast.board.slug])
    client.post(url, {"name": "Police"})
    assert last().kind == Event.AGENCY_ADDED
    agency = cast.board.agencies.get(name="Police")
    client.post(
        reverse("accounts:agency", args=[cast.board.slug, agency.pk]), {"name": "Constabulary"}
    )
    assert (last().kind, last().changes) == (Event.AGENCY_RENAMED, {"before": "Police"})
    assert b"Constabulary" in client.get(url).content


def test_an_agency_is_named_once_on_a_board(cast, sign_in):
    url = reverse("accounts:agencies", args=[cast.board.slug])
    answer = sign_in(cast.unit).post(url, {"name": cast.agency.name.upper()})
    assert "agency with this name already" in answer.content.decode()
    other = operations.add_agency(board=cast.board, name="Other", by=cast.unit)
    with pytest.raises(Refused):
        operations.rename_agency(agency=other, name=cast.agency.name, by=cast.unit)
    operations.add_agency(board=cast.other_board, name=cast.agency.name, by=cast.outsider)


def test_a_closure_moves_dates_once(cast, sign_in, asked):
    client = sign_in(cast.unit)
    url = reverse("accounts:closures", args=[cast.board.slug])
    day = {"date_day": "24", "date_month": "12", "date_year": "2026", "name": "Christmas Eve"}
    client.post(url, day)
    assert asked == [cast.board]
    again = client.post(url, day)
    assert "already closed" in again.content.decode()
    assert asked == [cast.board]
    closure = cast.board.closures.get()
    client.post(reverse("accounts:remove_closure", args=[cast.board.slug, closure.pk]))
    assert asked == [cast.board, cast.board]
    assert last().kind == Event.CLOSURE_REMOVED


def test_a_closure_of_300_characters_is_refused_at_the_field(cast, sign_in):
    url = reverse("accounts:closures", args=[cast.board.slug])
    answer = sign_in(cast.unit).post(
        url, {"date_day": "24", "date_month": "12", "date_year": "2026", "name": "x" * 300}
    )
    assert "characters or fewer" in answer.content.decode()


def test_an_administrator_adds_a_board_and_invites_its_people(cast, sign_in):
    client = sign_in(cast.administrator)
    fields = {"name": "Westmere", "slug": "westmere", "reference_prefix": "SCR"}
    answer = client.post(reverse("accounts:boards"), fields)
    board = Board.objects.get(slug="westmere")
    assert answer.url == reverse("accounts:people", args=["westmere"])
    assert b"Nobody is on this board yet" in client.get(answer.url).content
    assert (last().kind, last().board_id) == (Event.BOARD_ADDED, board.pk)
    again = client.post(reverse("accounts:boards"), fields)
    assert "already" in again.content.decode()


@pytest.mark.parametrize("name", ["profile", "boards", "keepalive", "invitation"])
def test_a_board_is_not_named_like_a_page(cast, sign_in, name):
    fields = {"name": "Odd", "slug": name, "reference_prefix": "SCR"}
    answer = sign_in(cast.administrator).post(reverse("accounts:boards"), fields)
    assert answer.status_code == 200
    assert not Board.objects.filter(slug=name).exists()


def test_the_record_of_a_closure_comes_after_the_dates(cast, monkeypatch):
    """Its chain is everybody's: it is not held while the reviews are gone through."""
    seen = []
    monkeypatch.setattr(
        "scr_portal.accounts.operations.boards.collect",
        lambda *told: seen.append(set(AuditEvent.objects.values_list("kind", flat=True))),
    )
    closure = operations.add_closure(
        board=cast.board, on=date(2026, 12, 24), name="Move", by=cast.unit
    )
    operations.remove_closure(closure=closure, by=cast.unit)
    operations.remove_closure(closure=closure, by=cast.unit)
    assert seen == [set(), {Event.CLOSURE_ADDED}]
    assert last().kind == Event.CLOSURE_REMOVED
    assert (last().target_id, last().board_id) == (str(closure.pk), cast.board.pk)
