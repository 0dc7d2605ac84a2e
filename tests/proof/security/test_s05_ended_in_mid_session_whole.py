"""Somebody works in the portal, and what let them in is taken away."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from reviews.case.lifecycle import Stage
from reviews.case.operations import people
from reviews.permissions import Permission, Role
from scr_portal.accounts import operations as accounts
from scr_portal.core import clock
from tests import builders
from tests.architecture.test_urls import patterns
from tests.cast import board_person
from tests.matrix.test_urls import REVIEW_TO, arguments
from tests.proof.frame import Claim

CLAIM = Claim(
    id="S5",
    says="Whoever loses a role, an account or a review loses its pages with the next request",
    how="Each role opens every page of a review that it may, then the role ends, runs out or is "
    "taken back, the person is recused or the account closed, and the same session asks for each "
    "of them again, by GET, POST, HEAD and as a script",
    goal="0 pages opened afterwards",
)
ON_BOARD = [Role.UNIT, Role.CHAIR, Role.AUDITOR]
ON_REVIEW = [Role.LEAD, Role.LIAISON, Role.PANEL, Role.OBSERVER]
YESTERDAY = timedelta(days=1)


pytestmark = pytest.mark.timeout(1_800)


def role_ended(cast: Any, review: Any, who: Any) -> None:
    held = who.board_roles.get()
    if held.role != Role.AUDITOR:  # the last of a kind stays
        board_person("Another Invented", cast.board, held.role)
    accounts.end_role(held=held, by=cast.administrator)


def role_ran_out(cast: Any, review: Any, who: Any) -> None:
    who.board_roles.update(ends=clock.today() - YESTERDAY)


def appointment_ended(cast: Any, review: Any, who: Any) -> None:
    people.end_appointment(appointment=review.appointments.get(user=who), by=cast.unit)


def appointment_ran_out(cast: Any, review: Any, who: Any) -> None:
    """The grants are those of the appointment's dates."""
    review.grants.filter(user=who).update(ends=clock.today() - YESTERDAY)


def recused(cast: Any, review: Any, who: Any) -> None:
    by = cast.chair if who == cast.unit else cast.unit
    people.recuse(review=review, user=who, reason="Knows the family", by=by)


def closed(cast: Any, review: Any, who: Any) -> None:
    type(who).objects.filter(pk=who.pk).update(is_active=False)


def leave_taken_back(cast: Any, review: Any, who: Any) -> None:
    people.end_grant(given=review.grants.by_name().get(user=who), by=cast.unit)


CASES = [
    *((role, act) for role in ON_BOARD for act in (role_ended, role_ran_out, recused, closed)),
    *(
        (role, act)
        for role in ON_REVIEW
        for act in (appointment_ended, appointment_ran_out, recused, closed)
    ),
    *(("stranger", act) for act in (leave_taken_back, recused, closed)),
]


@pytest.fixture
def review(cast):
    found = builders.review_at(Stage.UNDER_WAY, cast)
    cast.on(found)
    people.grant(
        review=found,
        user=cast.stranger,
        permission=Permission.VIEW,
        reason="Interim cover",
        by=cast.unit,
        ends=None,
    )
    return found


def pages(review: Any) -> list[str]:
    return [
        reverse(name, args=[review.pk])
        for name, pattern in patterns()
        if name in REVIEW_TO and arguments(pattern, name) == ["review"]
    ]


def is_refused(answer: Any) -> bool:
    """As what does not exist, or by asking to sign in."""
    if answer.status_code in {404, 401}:
        return True
    return answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


def test_the_next_request_is_refused(cast, review, quiet, sign_in, claim, scale):
    asked, opened = 0, []
    # Each ending is taken back, so what a role may open is the same at the next.
    open_to: dict[str, list[str]] = {}
    addresses = pages(review)
    chosen = CASES[:: scale(quick=4, whole=1)]
    for role, act in chosen:
        with transaction.atomic():
            who = cast.people[role]
            client = sign_in(who)
            if role not in open_to:
                open_to[role] = [u for u in addresses if client.get(u).status_code == 200]
            mine = open_to[role]
            assert len(mine) >= 2 and client.get(mine[0]).status_code == 200, role
            mine = mine[: scale(quick=3, whole=len(mine))]
            act(cast, review, who)
            for url in mine:
                answers = [
                    client.get(url),
                    client.post(url, {}),
                    client.head(url),
                    client.get(url, headers={"Accept": "application/json"}),
                ]
                asked += len(answers)
                opened += [
                    f"{role} {act.__name__} {url}: {each.status_code}"
                    for each in answers
                    if not is_refused(each)
                ]
            transaction.set_rollback(True)
    figure = f"{len(opened)} of {asked:,} opened, after {len(chosen)} endings"
    claim.measured(f"{figure} {opened[:3] or ''}".strip(), holds=not opened)
