"""The table of a board's people, its filters and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scr_portal.accounts import operations
from scr_portal.accounts.models import BoardRole, User
from scr_portal.core import clock


@pytest.fixture
def table(cast, sign_in):
    client = sign_in(cast.unit)
    url = reverse("accounts:people", args=[cast.board.slug])

    def shown(**query) -> str:
        return client.get(url, query).content.decode()

    return shown


def crowd(board, number: int) -> None:
    start = User.objects.count()
    users = User.objects.bulk_create(
        User(email=f"p{start + n}@example.org", name=f"Person {start + n:03d}", password="x")
        for n in range(number)
    )
    BoardRole.objects.bulk_create(
        BoardRole(user=user, board=board, role="member") for user in users
    )


def test_filters_by_role_state_and_name(cast, table):
    operations.invite(
        board=cast.board,
        email="waiting@example.org",
        name="Waiting Wanda",
        by=cast.unit,
        role="member",
    )
    assert cast.chair.name in table()
    by_role = table(role="auditor")
    assert cast.auditor.email in by_role
    assert cast.member.email not in by_role
    invited = table(state="invited")
    assert "Waiting Wanda" in invited
    assert cast.member.email not in invited
    assert "Waiting Wanda" in table(q="wanda")
    assert "Nobody on this board matches" in table(q="nobody of this name")
    assert cast.chair.name in table(role="king")


def test_roles_that_ended_are_shown_as_ended(cast, table):
    role = cast.member.board_roles.get()
    role.ends = clock.today() - timedelta(days=1)
    role.save()
    shown = table()
    assert "Board member, ended" in shown
    assert cast.member.email not in table(role="member")


def test_a_lapsed_invitation_is_told(cast, table):
    invitation = operations.invite(
        board=cast.board, email="late@example.org", name="Late", by=cast.unit, role="member"
    )
    invitation.expires_at = clock.now() - timedelta(seconds=1)
    invitation.save()
    assert "Invitation lapsed" in table(q="late@")


def test_names_are_text(cast, table):
    cast.member.name = "<script>alert(1)</script>"
    cast.member.save()
    assert "&lt;script&gt;alert(1)" in table()


def test_forty_people_stand_on_one_page_and_more_on_the_next(cast, table):
    crowd(cast.board, 60)
    assert "64 people" in table()
    assert "page=2" in table()
    assert "Person" in table(page="2")


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client = sign_in(cast.unit)
    url = reverse("accounts:people", args=[cast.board.slug])
    client.get(url)
    counts = []
    for more in (1, 10, 39):
        crowd(cast.board, more)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 14
