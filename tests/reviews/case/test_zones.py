"""What is shared and what is one board's own, with documents as the rows that have a zone."""

import pytest

from reviews.case import zones
from reviews.case.models import Review
from reviews.case.operations import people
from reviews.documents.models import Document
from reviews.permissions import Role
from scr_portal.core import clock
from tests import builders
from tests.cast import board_person


@pytest.fixture
def review(cast):
    """Shared with the other board, whose unit is appointed to the panel."""
    review = builders.a_review(cast)
    review.partner_boards.add(cast.other_board)
    people.appoint(review=review, user=cast.outsider, role=Role.PANEL, by=cast.unit)
    people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    return review


def seen(person):
    rows = Document.objects.filter(review__in=Review.objects.visible_to(person))
    return set(rows.filter(zones.visible_zone_q(person)).values_list("title", flat=True))


def test_boards_are_those_of_the_review_on_which_one_has_a_role_today(cast, review):
    assert zones.boards_of(cast.unit, review) == [cast.board]
    assert zones.boards_of(cast.outsider, review) == [cast.other_board]
    assert zones.boards_of(cast.lead, review) == []
    both = board_person("Both Invented", cast.board, "member")
    both.board_roles.create(board=cast.other_board, role="member", starts=clock.today())
    assert zones.boards_of(both, review) == [cast.board, cast.other_board]


def test_there_is_a_choice_only_where_another_board_takes_part(cast, review):
    assert [value for value, _words in zones.zones_for(cast.unit, review)] == ["", cast.board.pk]
    assert [value for value, _words in zones.zones_for(cast.lead, review)] == [""]
    alone = builders.a_review(cast, pseudonym="Child S")
    assert [value for value, _words in zones.zones_for(cast.unit, alone)] == [""]


def test_rows_of_a_zone_are_for_its_people_alone(cast, review):
    for title, board in [("shared", None), ("ours", cast.board), ("theirs", cast.other_board)]:
        Document.objects.create(
            review=review, title=title, kind="other", owner=cast.unit, private_to=board
        )
    assert seen(cast.unit) == {"shared", "ours"}
    assert seen(cast.outsider) == {"shared", "theirs"}
    assert seen(cast.lead) == {"shared"}
    assert seen(cast.other_chair) == set()
    cast.outsider.board_roles.all().delete()
    assert seen(cast.outsider) == {"shared"}
