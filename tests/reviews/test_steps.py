"""How far a review is with what comes before its work, as the rooms say it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.steps import How
from reviews.permissions import Role
from scr_portal.core.contributions import collect
from tests import builders


def steps(review, user):
    fresh = Review.objects.select_related("board").get(pk=review.pk)
    return collect("steps", fresh, user)


def test_every_step_leads_to_a_page_that_the_person_may_open(cast, sign_in):
    review = builders.review_at(Stage.COMMISSIONING, cast)
    client = sign_in(cast.unit)
    found = steps(review, cast.unit)
    assert len(found) >= 10
    for step in found:
        assert client.get(step.url).status_code == 200, step.label


def test_what_cannot_start_yet_says_why_and_is_no_link(cast, sign_in):
    review = builders.a_review(cast)
    later = [step for step in steps(review, cast.unit) if step.how == How.LATER]
    assert later and all(step.hint for step in later)
    page = sign_in(cast.unit).get(review.get_absolute_url()).content.decode()
    assert "Before the work begins" in page
    assert "Begin to consider the referral first." in page
    assert f'govuk-task-list__link" href="{later[0].url}"' not in page


def test_steps_become_done_as_the_work_is_done(cast):
    review = builders.review_at(Stage.COMMISSIONING, cast)
    by_label = {str(step.label): step for step in steps(review, cast.unit)}
    assert by_label["The chair's decision"].how == How.DONE
    assert by_label["Terms of reference"].how == How.TO_DO
    assert by_label["Brief the board's members"].how == How.TO_DO


def test_under_way_the_steps_are_folded_away(cast, sign_in):
    review = builders.review_at(Stage.UNDER_WAY, cast)
    page = sign_in(cast.unit).get(review.get_absolute_url()).content.decode()
    assert "How the review was set up" in page
    assert "Before the work begins" not in page


@pytest.mark.parametrize("role", [Role.OBSERVER])
def test_who_may_not_read_the_rooms_sees_no_step(cast, role):
    review = builders.a_review(cast)
    cast.on(review, role)
    assert steps(review, cast.people[role]) == []


def test_the_steps_cost_a_bounded_number_of_statements(cast):
    review = builders.review_at(Stage.UNDER_WAY, cast)
    with CaptureQueriesContext(connection) as caught:
        steps(review, cast.unit)
    assert len(caught) <= 45


def test_after_the_signature_the_decision_says_what_comes_next(cast, sign_in):
    review = builders.review_at(Stage.DECIDED, cast)
    url = f"{review.get_absolute_url()}decision"
    page = sign_in(cast.unit).get(url).content.decode()
    assert "What comes next" in page
    assert "Brief the board&#x27;s members" in page
    cast.on(review, Role.PANEL)
    assert "What comes next" not in sign_in(cast.panel).get(url).content.decode()
