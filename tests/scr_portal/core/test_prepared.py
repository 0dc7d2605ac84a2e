from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from reviews.case.access import fetch
from reviews.case.models import Review
from reviews.permissions import Role
from scr_portal.accounts.models import Board, BoardRole, User
from scr_portal.core import clock
from scr_portal.core.prepared import prepared
from tests.builders import a_review

pytestmark = pytest.mark.django_db


@prepared
def roles(*names, user, board):
    rows = BoardRole.objects.active().filter(user=user, board=board)
    return (rows.filter(role__in=names) if names else rows).select_related("board").order_by("pk")


def said(work):
    """The rows, and what was asked for them."""
    with CaptureQueriesContext(connection) as caught:
        rows = list(work())
    return rows, [query["sql"] for query in caught.captured_queries]


def facts(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_the_rows_and_the_statement_are_those_of_the_queryset(cast):
    for person in (cast.unit, cast.chair, cast.outsider):
        for board in (cast.board, cast.other_board):
            for names in ((), ("unit",), ("chair", "member")):
                values = {"user": person, "board": board}
                own, own_said = said(partial(roles.__wrapped__, *names, **values))
                rows, rows_said = said(partial(roles, *names, **values))
                assert rows_said == own_said
                assert [facts(row) for row in rows] == [facts(row) for row in own]


def test_what_came_along_asks_nothing_more(cast):
    [row] = roles(user=cast.unit, board=cast.board)
    assert said(lambda: row.board.name) == (list(cast.board.name), [])


def test_the_day_is_the_one_on_which_it_is_asked(cast):
    role = BoardRole.objects.get(user=cast.unit, board=cast.board)
    assert roles(user=cast.unit, board=cast.board) == [role]
    BoardRole.objects.filter(pk=role.pk).update(ends=clock.today())
    assert roles(user=cast.unit, board=cast.board) == [role]
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert roles(user=cast.unit, board=cast.board) == []


def test_days_that_follow_from_today_follow(cast):
    @prepared
    def begun_lately(*, user):
        return BoardRole.objects.filter(user=user, starts__gt=clock.today() - timedelta(days=30))

    BoardRole.objects.filter(user=cast.unit).update(starts=clock.today() - timedelta(days=29))
    assert len(begun_lately(user=cast.unit)) == 1
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert begun_lately(user=cast.unit) == []


def test_two_numbers_are_told_apart(cast):
    @prepared
    def either(**boards):
        return Board.objects.filter(pk__in=boards.values()).order_by("pk").values_list("pk")

    both = [cast.board.pk, cast.other_board.pk]
    assert [pk for (pk,) in either(one=both[0], two=both[1])] == sorted(both)
    assert [pk for (pk,) in either(one=both[1], two=both[1])] == both[1:]
    assert either() == []


def test_what_would_freeze_a_value_is_refused(cast):
    @prepared
    def worked_on(*, text):
        return Board.objects.filter(name__icontains=text)

    @prepared
    def asked_first(*, user):
        return Review.objects.filter(board__in=list(user.board_roles.values_list("board")))

    @prepared
    def shaped(*, number):
        return Board.objects.filter(pk=number) if number % 2 else Board.objects.all()

    @prepared
    def more(*, user):
        return User.objects.filter(pk=user.pk).prefetch_related("board_roles")

    for wrong, values in (
        (worked_on, {"text": "North"}),
        (asked_first, {"user": cast.unit}),
        (shaped, {"number": 1}),
        (more, {"user": cast.unit}),
    ):
        with pytest.raises(TypeError, match=wrong.__name__ + "|asks the database"):
            wrong(**values)


def test_more_than_a_column_holds_is_no_row(cast):
    @prepared
    def numbered(*, number):
        return Board.objects.filter(pk=number)

    assert numbered(number=10**30) == []


def test_it_is_composed_once(cast):
    times = []

    @prepared
    def counted(*, user):
        times.append(user.pk)
        grant = BoardRole.objects.filter(user=user, board=OuterRef("pk"))
        return Board.objects.filter(Exists(grant))

    assert counted(user=cast.unit) == [cast.board]
    assert counted(user=cast.outsider) == [cast.other_board]
    assert len(times) == 2
    assert not {cast.unit.pk, cast.outsider.pk} & set(times)


def test_nobody_and_a_closed_account_find_no_review(cast):
    review = a_review(cast)
    cast.on(review, Role.LEAD)
    assert fetch(cast.lead, review.pk) == review
    for person in (AnonymousUser(), cast.outsider):
        with pytest.raises(Http404):
            fetch(person, review.pk)
    with pytest.raises(Http404):
        fetch(cast.lead, uuid4())
    cast.lead.is_active = False
    with pytest.raises(Http404):
        fetch(cast.lead, review.pk)
