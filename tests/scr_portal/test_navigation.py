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
def test_it_is_the_one_that_would_be_made_for_the_person_alone(cast, who):
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
