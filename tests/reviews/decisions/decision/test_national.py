from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.case import timetable
from reviews.case.lifecycle import Stage
from reviews.decisions.decision import operations, queries
from reviews.decisions.decision.bodies import DATA, duties
from reviews.decisions.decision.models import NationalNotification
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from tests import builders

THEN = {name: day.replace(year=2016) for name, day in builders.DAYS.items()}
THREE = ["Ofsted", "Department for Education", "National panel of independent experts"]


@pytest.fixture
def review(cast):
    """Decided under Working Together 2015, which names three bodies."""
    return builders.review_at(Stage.DECIDED, cast, **THEN)


def tell(review, cast, *bodies, **given):
    return operations.tell_bodies(
        **{
            "review": review,
            "by": cast.unit,
            "token": "one",
            "bodies": [("tell-decision", body) for body in bodies],
            "sent_on": clock.today(),
            "route": "Secure email",
        }
        | given
    )


def test_the_data_names_clocks_of_the_timetables():
    keys = {profile.key for profile in timetable.profiles()}
    found = [duty for key in keys for duty in duties(key)]
    assert len(found) == DATA.read_text(encoding="utf-8").count("[[duty]]")
    assert all(duty.bodies and duty.tags and str(duty.source) for duty in found)


def test_with_the_last_body_the_date_is_met(review, cast):
    deadline = review.deadlines.get(key="tell-decision")
    tell(review, cast, *THREE[:2])
    deadline.refresh_from_db()
    assert deadline.met_on is None
    [left] = [t.left for t in queries.tellings(review) if t.duty.clock.key == "tell-decision"]
    assert left == THREE[2:]
    tell(review, cast, THREE[2], token="two")
    deadline.refresh_from_db()
    assert (deadline.met_on, deadline.met_by) == (clock.today(), cast.unit)


def test_a_second_click_records_nothing_twice(review, cast):
    tell(review, cast, "Ofsted")
    tell(review, cast, "Ofsted")
    assert NationalNotification.objects.count() == 1


def test_what_is_refused(review, cast):
    with pytest.raises(Refused, match="who was told"):
        tell(review, cast)
    with pytest.raises(Refused, match="future"):
        tell(review, cast, "Ofsted", sent_on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match="before the incident"):
        tell(review, cast, "Ofsted", sent_on=review.incident_on - timedelta(days=1))
    for person in (cast.chair, cast.auditor, cast.member):
        with pytest.raises(PermissionDenied):
            tell(review, cast, "Ofsted", by=person)


def test_the_panel_of_2013_hears_only_of_a_refusal(cast):
    then = {name: day.replace(year=2014) for name, day in builders.DAYS.items()}
    review = builders.review_at(Stage.CONSIDERING, cast, **then)
    builders.decide(review, cast, outcome="no_action")
    review.refresh_from_db()
    assert [t.duty.clock.key for t in queries.tellings(review)] == ["tell-panel-no-review"]
    other = builders.review_at(Stage.DECIDED, cast, **then)
    assert queries.tellings(other) == []


def test_what_was_told_of_an_earlier_decision_does_not_tell_of_the_next(review, cast):
    tell(review, cast, *THREE, sent_on=clock.today())
    review.refresh_from_db()
    review.decided_on = clock.today() + timedelta(days=1)
    [telling] = [t for t in queries.tellings(review) if t.duty.clock.key == "tell-decision"]
    assert telling.left == THREE


def test_the_pages(review, cast, sign_in):
    unit = sign_in(cast.unit)
    url = reverse("reviews:national_new", args=[review.pk])
    page = unit.get(url).content.decode()
    assert "National panel of independent experts" in page
    fields = {"sent_on": clock.today().isoformat(), "route": "Online form", "token": "t"}
    assert unit.post(url, fields).status_code == 200
    chosen = fields | {"bodies": ["tell-decision:0"], "other": "Department of Health"}
    assert unit.post(url, chosen).status_code == 302
    assert NationalNotification.objects.count() == 2
    national = reverse("reviews:national", args=[review.pk])
    said = sign_in(cast.auditor).get(national).content.decode()
    assert "Department of Health" in said and "No copy is kept yet." in said
    assert "Record that somebody" not in said
    one = NationalNotification.objects.first()
    assert "Attach a document" in unit.get(one.get_absolute_url()).content.decode()
    decision = unit.get(reverse("reviews:decision", args=[review.pk])).content.decode()
    assert "working days left" in decision or "working day" in decision


def test_many_that_were_sent_cost_no_more_queries(
    review, cast, sign_in, django_assert_max_num_queries
):
    unit = sign_in(cast.unit)
    url = reverse("reviews:national", args=[review.pk])
    costs = []
    for many in (1, 10, 40):
        tell(review, cast, bodies=[("", f"Body {n}") for n in range(many)], token=str(many))
        unit.get(url)
        with django_assert_max_num_queries(60) as counted:
            unit.get(url)
        costs.append(len(counted))
    assert len(set(costs)) == 1, costs
