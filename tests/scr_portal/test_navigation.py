"""The header's statement is composed once for everybody (scr_portal/core/prepared.py)."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scr_portal import navigation
from scr_portal.accounts.models import Board, BoardRole
from scr_portal.core import clock

PEOPLE = ("unit", "chair", "lead", "member", "auditor", "outsider", "administrator")


@pytest.mark.parametrize("who", PEOPLE)
def test_it_is_the_one_that_would_be_made_for_the_person_alone(cast, settings, who):
    settings.DATABASE_POOLED = True
    person = getattr(cast, who)
    moment = clock.now()
    with (
        time_machine.travel(moment, tick=False),
        CaptureQueriesContext(connection) as caught,
    ):
        asked = navigation._header(user=person)
        assert asked == list(navigation._header.__wrapped__(user=person))
    once, alone = [query["sql"] for query in caught.captured_queries]
    assert once == alone


def test_each_person_is_answered_for_themselves(cast, sign_in):
    board = Board.objects.get(pk=cast.board.pk)
    people = reverse("accounts:people", args=[board.slug])
    assert people in sign_in(cast.unit).get("/").content.decode()
    assert people not in sign_in(cast.auditor).get("/").content.decode()


def test_a_role_that_ends_takes_its_link_along_at_once(cast, sign_in):
    unit = sign_in(cast.unit)
    people = reverse("accounts:people", args=[cast.board.slug])
    assert people in unit.get("/").content.decode()
    BoardRole.objects.filter(user=cast.unit).delete()
    assert people not in unit.get("/").content.decode()


@pytest.fixture
def many(cast):
    """Five boards of which the person is business unit, and of one besides no more than auditor."""
    boards = [Board.objects.create(name=f"Board {at} LSCB", slug=f"board-{at}") for at in range(6)]
    for board in boards:
        role = "auditor" if board is boards[5] else "unit"
        BoardRole.objects.create(user=cast.lead, board=board, role=role)
    return boards


def test_who_looks_after_many_boards_has_them_on_a_page_of_their_own(cast, sign_in, many):
    lead, own = sign_in(cast.lead), reverse("own_boards")
    people = [reverse("accounts:people", args=[board.slug]) for board in many]
    home = lead.get("/").content.decode()
    assert home.count(f'href="{own}"') == 2, "in the header, and where referrals are"
    assert not [url for url in people if f'href="{url}"' in home]
    page = lead.get(own).content.decode()
    assert [url for url in people if f'href="{url}"' in page] == people[:5]
    assert reverse("notifications:jobs", args=[many[0].slug]) in page
    received = [reverse("reviews:received_referrals", args=[board.slug]) for board in many]
    assert [url for url in received if f'href="{url}"' in page] == received[:5]
    reviews = lead.get(reverse("reviews:list")).content.decode()
    assert reviews.count(f'href="{own}"') == 2
    assert not [url for url in received if f'href="{url}"' in reviews]
    of_a_board = lead.get(people[0]).content.decode()
    assert f'href="{own}" aria-current="true"' in of_a_board


def test_boards_of_which_somebody_is_a_member_hide_no_referrals(cast, sign_in, many):
    BoardRole.objects.filter(user=cast.lead, role="unit").exclude(board=many[2]).update(
        role="member"
    )
    reviews = sign_in(cast.lead).get(reverse("reviews:list")).content.decode()
    received = [reverse("reviews:received_referrals", args=[board.slug]) for board in many]
    assert [url for url in received if f'href="{url}"' in reviews] == [received[2]]
    assert "Open a referral" in reviews
    assert f'href="{reverse("own_boards")}"' not in reviews


def test_who_looks_after_one_board_has_it_in_the_header(cast, sign_in):
    unit, own = sign_in(cast.unit), reverse("own_boards")
    assert f'href="{own}"' not in unit.get("/").content.decode()
    page = unit.get(own).content.decode()
    assert reverse("accounts:people", args=[cast.board.slug]) in page


def test_who_looks_after_none_is_told_so(cast, sign_in):
    page = sign_in(cast.auditor).get(reverse("own_boards"))
    assert b"You look after no board" in page.content
