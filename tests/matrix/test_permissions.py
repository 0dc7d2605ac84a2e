"""docs/permissions.md, which a board's lawyer can read, against what the portal answers."""

from datetime import timedelta
from pathlib import Path

import pytest

from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Recusal, Review, ReviewUserObjectPermission
from reviews.case.operations import people
from reviews.case.operations.lifecycle import advance
from reviews.decisions.referrals import operations as referrals
from reviews.permissions import (
    ADMINISTRATOR,
    BOARD_ROLES,
    MATRIX,
    ON_BOARDS,
    REVIEW_ROLES,
    Permission,
    Role,
)
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders
from tests.cast import Cast, gather

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"
OUTSIDE = ["stranger", "outsider", "other_chair", "administrator"]


def make() -> tuple[Cast, Review]:
    cast = gather()
    return cast, builders.a_review(cast)


@pytest.fixture
def cast(laid):
    return laid[0]


@pytest.fixture
def review(laid):
    return laid[1]


def agreed() -> dict[str, dict[str, bool]]:
    """The table of the document: label of the permission, then role, then whether it is marked."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not line.startswith("|--")
    ]
    head, *body = rows
    return {
        row[0]: {role: bool(mark) for role, mark in zip(head[1:], row[1:], strict=True)}
        for row in body
    }


def test_the_document_names_every_permission_and_every_role():
    table = agreed()
    assert list(table) == [str(permission.label) for permission in Permission]
    for marks in table.values():
        assert list(marks) == [*Role.values, "administrator"]


@pytest.mark.parametrize("permission", Permission)
def test_the_matrix_is_what_the_document_says(permission):
    marks = agreed()[str(permission.label)]
    for role in Role:
        assert (permission in MATRIX[role]) == marks[role], (permission, role)
    assert (permission in ADMINISTRATOR) == marks["administrator"]


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_is_marked_and_nothing_else(cast, review, role):
    if role in REVIEW_ROLES:
        cast.on(review, role)
    review = Review.objects.select_related("board").get(pk=review.pk)
    for label, marks in agreed().items():
        permission = next(p for p in Permission if str(p.label) == label)
        thing = cast.board if permission in ON_BOARDS else review
        expected = marks[role] and not (permission in ON_BOARDS and role in REVIEW_ROLES)
        assert cast.people[role].has_perm(permission, thing) == expected, permission


@pytest.mark.parametrize("who", OUTSIDE)
def test_who_has_no_role_here_may_do_nothing(cast, review, who):
    person = cast.people[who]
    for permission in Permission:
        allowed = person.has_perm(permission, review)
        assert not allowed, permission
        if permission in ON_BOARDS:
            expected = who == "administrator" and permission in ADMINISTRATOR
            assert person.has_perm(permission, cast.board) == expected, permission
    assert not Review.objects.visible_to(person).exists()


@pytest.mark.parametrize("role", Role)
def test_the_door_is_the_permission(cast, review, role):
    """``visible_to`` and ``has_perm`` are two questions with one answer, for every permission."""
    if role in REVIEW_ROLES:
        cast.on(review, role)
    review = Review.objects.select_related("board").get(pk=review.pk)
    for permission in set(Permission) - ON_BOARDS:
        through = Review.objects.visible_to(cast.people[role], permission).exists()
        assert through == cast.people[role].has_perm(permission, review), permission


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MEMBER, Role.AGENCY}))
def test_a_recusal_closes_the_review_whatever_the_role(cast, review, role):
    if role in REVIEW_ROLES:
        cast.on(review, role)
    by = cast.chair if role == Role.UNIT else cast.unit
    people.recuse(review=review, user=cast.people[role], reason="Managed the case", by=by)
    review = Review.objects.select_related("board").get(pk=review.pk)
    assert not any(cast.people[role].has_perm(p, review) for p in Permission)
    assert not Review.objects.visible_to(cast.people[role]).exists()
    people.end_recusal(recusal=Recusal.objects.get(), by=by)
    assert Review.objects.visible_to(cast.people[role]).exists()


@pytest.mark.parametrize("role", sorted(REVIEW_ROLES))
def test_guardians_rows_are_those_of_the_matrix(cast, review, role):
    cast.on(review, role)
    rows = ReviewUserObjectPermission.objects.filter(user=cast.people[role])
    names = sorted(rows.values_list("permission__codename", flat=True))
    assert names == sorted(p.codename for p in MATRIX[role] - ON_BOARDS)


@pytest.mark.parametrize("role", sorted(BOARD_ROLES - {Role.MEMBER}))
def test_a_board_role_closes_on_the_day_after_its_last(cast, review, role):
    person = cast.people[role]
    person.board_roles.update(ends=clock.today())
    assert Review.objects.visible_to(person).exists()
    person.board_roles.update(ends=clock.today() - timedelta(days=1))
    assert not Review.objects.visible_to(person).exists()
    again = Review.objects.get(pk=review.pk)
    assert not person.has_perm(Permission.VIEW, again)


def test_a_lead_reviewer_may_serve_two_boards_whose_people_see_only_their_own(cast, review):
    theirs = referrals.refer(
        board=cast.other_board,
        by=cast.outsider,
        case=builders.CASE,
        child=builders.CHILD,
        referral=builders.REFERRAL,
    )
    people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    people.appoint(review=theirs, user=cast.lead, role=Role.LEAD, by=cast.outsider)
    assert set(Review.objects.visible_to(cast.lead)) == {review, theirs}
    for person in (cast.unit, cast.chair, cast.auditor):
        assert set(Review.objects.visible_to(person)) == {review}
    for person in (cast.outsider, cast.other_chair):
        assert set(Review.objects.visible_to(person)) == {theirs}


def test_a_partner_board_sees_nothing_by_being_named(cast, review):
    review.partner_boards.add(cast.other_board)
    assert not Review.objects.visible_to(cast.other_chair).exists()


def test_an_appointment_has_a_first_and_a_last_day(cast, review):
    tomorrow = clock.today() + timedelta(days=1)
    people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit, starts=tomorrow)
    assert not Review.objects.visible_to(cast.lead).exists()
    given = people.appoint(
        review=review, user=cast.panel, role=Role.PANEL, by=cast.unit, ends=tomorrow
    )
    assert Review.objects.visible_to(cast.panel).exists()
    people.end_appointment(appointment=given, by=cast.unit)
    assert not Review.objects.visible_to(cast.panel).exists()


def test_ending_one_of_two_roles_leaves_the_other(cast, review):
    lead = people.appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    people.appoint(review=review, user=cast.lead, role=Role.OBSERVER, by=cast.unit)
    people.end_appointment(appointment=lead, by=cast.unit)
    review = Review.objects.get(pk=review.pk)
    assert cast.lead.has_perm(Permission.VIEW, review)
    assert not cast.lead.has_perm(Permission.ANSWER_MARKERS, review)


def test_a_grant_by_name_gives_that_permission_and_no_other(cast, review):
    people.grant(
        review=review,
        user=cast.stranger,
        permission=Permission.VIEW,
        reason="Interim cover",
        by=cast.unit,
        ends=None,
    )
    review = Review.objects.get(pk=review.pk)
    allowed = {p for p in Permission if cast.stranger.has_perm(p, review)}
    assert allowed == {Permission.VIEW}


def test_nobody_gives_by_name_what_they_may_not_do_themselves(cast, review):
    with pytest.raises(Refused):
        people.grant(
            review=review,
            user=cast.stranger,
            permission=Permission.SIGN,
            reason="The chair is away",
            by=cast.unit,
            ends=None,
        )


@pytest.mark.parametrize("move", list(LIFECYCLE), ids=lambda move: f"{move.source}-{move.target}")
def test_every_move_asks_for_its_own_permission(cast, move, settings):
    """Each role against each move of the lifecycle, with nothing else standing in the way."""
    settings.CONTRIBUTIONS = settings.CONTRIBUTIONS | {"blockers": []}
    review = builders.review_at(_before_closure(move.source), cast)
    if move.source == Stage.CLOSED:
        review = advance(review=review, to=Stage.CLOSED, by=cast.chair)
    cast.on(review)
    marks = agreed()[str(Permission(move.permission).label)]
    for who in [*Role.values, *OUTSIDE]:
        person = cast.people[who]
        fresh = Review.objects.select_related("board").get(pk=review.pk)
        assert person.has_perm(move.permission, fresh) == marks.get(who, False), who


def _before_closure(stage: Stage) -> Stage:
    return Stage.IMPLEMENTING if stage == Stage.CLOSED else stage
