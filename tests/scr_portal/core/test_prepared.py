import contextlib
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from reviews.acting import reach_of_person
from reviews.case.access import fetch
from reviews.case.models import Review
from reviews.permissions import Role
from scr_portal.accounts.models import Board, BoardRole, User
from scr_portal.core import acting, clock
from scr_portal.core.prepared import prepared
from tests.builders import a_review
from tests.owner import as_owner

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


@pytest.mark.parametrize("pooled", [False, True])
def test_the_rows_and_the_statement_are_those_of_the_queryset(cast, settings, pooled):
    settings.DATABASE_POOLED = pooled
    for person in (cast.unit, cast.chair, cast.outsider):
        for board in (cast.board, cast.other_board):
            for names in ((), ("unit",), ("chair", "member")):
                values = {"user": person, "board": board}
                own, own_said = said(partial(roles.__wrapped__, *names, **values))
                rows, rows_said = said(partial(roles, *names, **values))
                by_name = [each.startswith('EXECUTE "roles ') for each in rows_said]
                assert by_name == [not pooled]
                assert not pooled or rows_said == own_said
                assert [facts(row) for row in rows] == [facts(row) for row in own]


def plans():
    """By name, how often each was asked without being planned anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans FROM pg_prepared_statements")
        return {name.rpartition(" ")[0]: often for name, often in cursor.fetchall()}


def test_it_is_planned_a_few_times_on_a_connection_and_then_no_more(cast):
    for _each in range(20):
        assert roles(user=cast.unit, board=cast.board)
    assert plans()["roles"] >= 10


def test_a_plan_that_is_kept_asks_anew_for_whom_it_acts(cast):
    @prepared
    def reviews(*, board):
        return Review.objects.filter(board=board)

    review = a_review(cast)
    for _each in range(10):
        with acting.for_person(reach_of_person(cast.unit)):
            assert reviews(board=cast.board) == [review]
    assert plans()["reviews"] >= 1
    for reach in (reach_of_person(cast.outsider), acting.NOBODY):
        with acting.for_person(reach):
            assert reviews(board=cast.board) == []


def test_it_outlives_what_is_rolled_back_and_what_was_broken(cast):
    @prepared
    def asked(*, user):
        return BoardRole.objects.filter(user=user)

    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        assert asked(user=cast.unit)
        raise ZeroDivisionError
    assert asked(user=cast.unit)

    @prepared
    def other(*, user):
        return BoardRole.objects.filter(user=user).order_by("-pk")

    with contextlib.suppress(DatabaseError), transaction.atomic():
        with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        with pytest.raises(DatabaseError):
            other(user=cast.unit)
        raise DatabaseError
    assert other(user=cast.unit)


def test_the_next_version_may_add_a_column_meanwhile(cast):
    @prepared
    def asked(*, user):
        return BoardRole.objects.filter(user=user).order_by("board")

    assert asked(user=cast.unit)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_boardrole ADD COLUMN more integer")
    assert asked(user=cast.unit)


def test_a_connection_keeps_so_many_and_no_more(cast, monkeypatch):
    monkeypatch.setattr("scr_portal.core.prepared.KEPT_ON_A_CONNECTION", 10)

    @prepared
    def page(first, *, board):
        return BoardRole.objects.filter(board=board).order_by("pk")[first : first + 1]

    everybody = list(BoardRole.objects.filter(board=cast.board).order_by("pk"))
    for _each in range(2):
        assert [row for at in range(25) for row in page(at, board=cast.board)] == everybody[:25]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone()[0] <= 10


@pytest.mark.django_db(transaction=True)
def test_another_connection_knows_nothing_of_it(cast):
    assert roles(user=cast.unit, board=cast.board)
    assert "roles" in plans()
    connection.close()
    assert "roles" not in plans()
    assert roles(user=cast.unit, board=cast.board)


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
