"""Each page, opened by each kind of person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.models import Child
from reviews.case.operations.record import create_review
from reviews.permissions import MATRIX, Permission, Role
from scr_portal.core import clock
from tests import builders

P = Permission
PAGES = {
    "reviews:detail": P.VIEW,
    "reviews:edit": P.EDIT,
    "reviews:children": P.SEE_FAMILY,
    "reviews:child_new": P.KEEP_FAMILY,
    "reviews:people": P.APPOINT,
    "reviews:appoint": P.APPOINT,
    "reviews:recuse": P.APPOINT,
    "reviews:grant": P.APPOINT,
    "reviews:dates": P.VIEW,
    "reviews:pause": P.EDIT,
    "reviews:resume": P.EDIT,
    "reviews:history": P.READ_HISTORY,
}


@pytest.fixture
def review(cast):
    today = clock.today()
    made = create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym="Child A",
        incident_on=today - timedelta(days=40),
        aware_on=today - timedelta(days=30),
        notified_on=today - timedelta(days=20),
        referred_on=today - timedelta(days=10),
    )
    Child.objects.create(
        review=made,
        pseudonym="Child A",
        harm="died",
        real_name="Realname Invented",
        date_of_birth=date(2020, 1, 2).isoformat(),
    )
    cast.on(made)
    return made


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", sorted(Role))
def test_a_page_opens_for_whom_the_matrix_says(page, role, cast, review, sign_in):
    answer = sign_in(cast.people[role]).get(reverse(page, args=[review.pk]))
    allowed = MATRIX[role]
    if P.VIEW not in allowed:
        assert answer.status_code == 404
    elif PAGES[page] in allowed:
        assert answer.status_code == 200
        assert "Realname" not in answer.content.decode()
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("who", ["stranger", "outsider", "other_chair", "administrator"])
@pytest.mark.parametrize("page", PAGES)
def test_who_has_no_part_finds_nothing(page, who, cast, review, sign_in):
    assert sign_in(cast.people[who]).get(reverse(page, args=[review.pk])).status_code == 404


@pytest.mark.parametrize("who", [*sorted(Role), "stranger", "administrator"])
def test_everybody_has_a_first_page_and_a_list(who, cast, review, sign_in):
    client = sign_in(cast.people[who])
    for name in ("home", "reviews:list"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        sees = who in Role.values and P.VIEW in MATRIX[who]
        assert (review.reference in answer.content.decode()) is sees


def test_a_stranger_is_told_whom_to_ask(cast, sign_in):
    page = sign_in(cast.stranger).get(reverse("home")).content.decode()
    assert "Ask the business unit of your board" in page
    assert "Open a referral" not in page


def test_the_unit_of_an_empty_board_is_told_what_to_do_first(cast, sign_in):
    page = sign_in(cast.unit).get(reverse("home")).content.decode()
    assert "open its referral" in page


def test_nobody_comes_in_without_signing_in(client, review):
    for page in PAGES:
        assert client.get(reverse(page, args=[review.pk])).status_code == 302


def test_nobody_is_told_to_wait_for_the_end_of_what_is_to_be_reviewed(cast, sign_in):
    review = builders.review_at(Stage.DECIDED, cast)
    page = sign_in(cast.unit).get(review.get_absolute_url()).content.decode()
    assert "Begin commissioning" in page
    assert "Close without a review" not in page
