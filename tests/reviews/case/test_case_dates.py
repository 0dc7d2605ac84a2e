"""Dates through the pages and the operations."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from reviews.case.models import Extension, Review
from reviews.case.operations import deadlines
from reviews.case.operations.lifecycle import pause
from reviews.case.operations.record import create_review, edit_review
from reviews.case.worklist import needs_of
from scr_portal.accounts.models import Closure
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused


def ago(days):
    return clock.today() - timedelta(days=days)


def boxes(name, day):
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


@pytest.fixture
def review(cast):
    """Under the timetable of 2015, whose clocks are the most."""
    made = create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym="Child A",
        incident_on=ago(40),
        aware_on=ago(30),
        notified_on=ago(20),
        referred_on=ago(10),
    )
    Review.objects.filter(pk=made.pk).update(profile="wt2015")
    made.refresh_from_db()
    deadlines.recalculate(review=made)
    return made


def row(review, key):
    return review.deadlines.get(key=key)


def decide(review, day, outcome="review"):
    Review.objects.filter(pk=review.pk).update(outcome=outcome, decided_on=day)
    review.refresh_from_db()
    deadlines.recalculate(review=review)


def test_an_anchor_meets_a_date_and_clears_it_again(review):
    assert row(review, "decide").met_on is None
    decide(review, ago(1))
    assert row(review, "decide").met_on == ago(1)
    assert row(review, "decide").remind_on is None
    decide(review, None, outcome="")
    assert row(review, "decide").met_on is None
    assert row(review, "decide").remind_on is not None


def test_completion_meets_the_date_of_completion(review):
    decide(review, ago(1))
    Review.objects.filter(pk=review.pk).update(completed_on=clock.today())
    review.refresh_from_db()
    deadlines.recalculate(review=review)
    assert row(review, "complete").met_on == clock.today()


def test_a_completion_from_before_a_new_decision_meets_nothing(review):
    Review.objects.filter(pk=review.pk).update(completed_on=ago(5))
    decide(review, ago(1))
    assert row(review, "complete").met_on is None


def test_what_a_person_recorded_stays_whatever_the_anchors_say(cast, review):
    deadlines.meet(deadline=row(review, "decide"), on=ago(3), by=cast.unit)
    decide(review, ago(1))
    assert row(review, "decide").met_on == ago(3)
    decide(review, None, outcome="")
    assert row(review, "decide").met_on == ago(3)


def test_a_date_that_no_longer_applies_goes_unless_it_was_recorded_as_met(cast, review):
    deadlines.meet(deadline=row(review, "notify"), on=ago(29), by=cast.unit)
    review.refresh_from_db()
    edit_review(
        review=review, version=review.version, by=cast.unit, aware_on=None, notified_on=None
    )
    assert set(review.deadlines.values_list("key", flat=True)) == {"notify"}


def test_what_an_anchor_met_is_not_taken_back(cast, review):
    decide(review, ago(1))
    with pytest.raises(Refused, match="nothing to take back"):
        deadlines.take_back_met(deadline=row(review, "decide"), by=cast.unit)


def test_taking_back_opens_the_date_and_its_reminders_again(cast, review):
    deadlines.meet(deadline=row(review, "notify"), on=ago(29), by=cast.unit)
    deadlines.take_back_met(deadline=row(review, "notify"), by=cast.unit)
    assert row(review, "notify").met_on is None
    assert row(review, "notify").remind_on == clock.today()


@pytest.mark.parametrize(("on", "words"), [(-1, "future"), (41, "before the incident")])
def test_a_date_is_not_met_on_any_day(on, words, cast, review):
    with pytest.raises(Refused, match=words):
        deadlines.meet(deadline=row(review, "notify"), on=ago(on), by=cast.unit)


def test_an_office_closure_moves_what_is_counted_in_working_days(cast, review):
    decide(review, clock.today())
    before = row(review, "tell-decision").due_on
    Closure.objects.create(board=cast.board, date=before, name="Office move")
    collect("closures_changed", cast.board)
    assert row(review, "tell-decision").due_on > before
    cast.board.closures.all().delete()
    collect("closures_changed", cast.board)
    assert row(review, "tell-decision").due_on == before


def test_a_statutory_date_is_extended_when_the_chair_agrees(cast, review, sign_in):
    decide(review, ago(1))
    due = row(review, "complete")
    later = due.due_on + timedelta(days=30)
    unit, chair = sign_in(cast.unit), sign_in(cast.chair)
    address = reverse("reviews:extend", args=[review.pk, due.pk])
    sent = {**{f"extend-{k}": v for k, v in boxes("due_on", later).items()}}
    sent |= {"extend-kind": "inquest", "extend-reason": ""}
    assert unit.post(address, sent).status_code == 302
    assert row(review, "complete").due_on == due.due_on
    asked = review.extensions.get()
    again = unit.post(address, sent)
    assert "waits for the chair already" in again.content.decode()
    assert "Agree" in chair.get(reverse("reviews:dates", args=[review.pk])).content.decode()
    settle = reverse("reviews:settle_extension", args=[review.pk, asked.pk])
    assert unit.post(settle, {"answer": "agree"}).status_code == 403
    chair.post(settle, {"answer": "agree"})
    assert row(review, "complete").due_on == later
    assert row(review, "complete").limit_on == due.limit_on
    chair.post(settle, {"answer": "refuse"})
    assert review.extensions.get().state == Extension.State.AGREED


def test_nobody_agrees_to_their_own_request(cast, review):
    cast.unit.board_roles.create(board=cast.board, role="chair")
    due = row(review, "notify")
    asked = deadlines.extend(
        deadline=due,
        due_on=due.due_on + timedelta(days=1),
        kind="inquest",
        reason="",
        by=cast.unit,
    )
    with pytest.raises(Refused, match="Somebody else"):
        deadlines.settle(extension=asked, agreed=True, by=cast.unit)


@pytest.mark.parametrize(
    ("later", "kind", "reason", "words"),
    [
        (0, "inquest", "", "after the present one"),
        (5, "whim", "", "reasons in the list"),
        (5, "other", " ", "own words"),
    ],
)
def test_an_extension_has_a_later_date_and_a_reason(later, kind, reason, words, cast, review):
    due = row(review, "notify")
    with pytest.raises(Refused, match=words):
        deadlines.extend(
            deadline=due,
            due_on=due.due_on + timedelta(days=later),
            kind=kind,
            reason=reason,
            by=cast.unit,
        )


def test_a_date_of_another_review_is_not_reached_through_this_one(cast, review, sign_in):
    other = create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym="Child B",
        incident_on=ago(9),
        aware_on=ago(8),
        referred_on=ago(5),
    )
    foreign = other.deadlines.get(key="notify")
    address = reverse("reviews:meet", args=[review.pk, foreign.pk])
    assert sign_in(cast.unit).post(address, boxes("on", ago(1))).status_code == 404


def test_recording_a_date_as_met_through_the_page(cast, review, sign_in):
    due = row(review, "notify")
    address = reverse("reviews:meet", args=[review.pk, due.pk])
    client = sign_in(cast.unit)
    wrong = client.post(address, boxes("on", ago(-2)))
    assert wrong.status_code == 200
    assert "must be today or in the past" in wrong.content.decode()
    assert client.post(address, boxes("on", ago(29))).status_code == 302
    twice = client.post(address, boxes("on", ago(29)))
    assert "recorded as met already" in twice.content.decode()
    page = client.get(reverse("reviews:date", args=[review.pk, due.pk])).content.decode()
    assert "Take back" in page
    client.post(reverse("reviews:take_back_met", args=[review.pk, due.pk]))
    assert row(review, "notify").met_on is None


def test_reading_dates_is_not_keeping_them(cast, review, sign_in):
    cast.on(review)
    due = row(review, "notify")
    for who in (cast.observer, cast.panel, cast.lead, cast.chair):
        client = sign_in(who)
        page = client.get(reverse("reviews:date", args=[review.pk, due.pk]))
        assert page.status_code == 200
        assert "Record as met" not in page.content.decode()
        address = reverse("reviews:meet", args=[review.pk, due.pk])
        assert client.post(address, boxes("on", ago(1))).status_code == 403
        with pytest.raises(PermissionDenied):
            deadlines.meet(deadline=due, on=ago(1), by=who)


def test_a_pause_says_what_moves_and_what_does_not(cast, review, sign_in):
    decide(review, ago(1))
    client = sign_in(cast.unit)
    page = client.get(reverse("reviews:pause", args=[review.pk])).content.decode()
    moving, standing = page.split("Dates that stay")
    assert "Complete the review" in moving
    assert "Tell Ofsted" in standing
    answer = client.post(reverse("reviews:pause", args=[review.pk]), {"kind": "other"})
    assert "Give the reason in your own words" in answer.content.decode()
    client.post(reverse("reviews:pause", args=[review.pk]), {"kind": "inquest"})
    page = client.get(reverse("reviews:dates", args=[review.pk])).content.decode()
    assert "moves while the review is paused" in page
    assert "Inquest" in page
    assert "Paused" in client.get(reverse("reviews:detail", args=[review.pk])).content.decode()
    client.post(reverse("reviews:resume", args=[review.pk]))
    assert Review.objects.get(pk=review.pk).pause is None
    again = client.post(reverse("reviews:resume", args=[review.pk]), follow=True)
    assert "not paused" in again.content.decode()


def test_a_date_carried_by_a_pause_is_on_nobodys_list(cast, review):
    decide(review, ago(180))
    texts = [str(need.text) for need in needs_of(cast.unit)]
    assert "Complete the review" in texts
    pause(review=review, kind="criminal", reason="", by=cast.unit)
    assert "Complete the review" not in [str(need.text) for need in needs_of(cast.unit)]


def test_what_could_not_be_confirmed_says_so(cast, review, sign_in):
    decide(review, ago(1))
    page = sign_in(cast.unit).get(reverse("reviews:dates", args=[review.pk])).content.decode()
    assert "Not confirmed: check" in page
    assert "Who is reminded" in page


def test_own_words_are_for_those_who_read_the_decision(cast, review, sign_in):
    cast.on(review)
    pause(review=review, kind="other", reason="Words of the case", by=cast.unit)
    address = reverse("reviews:dates", args=[review.pk])
    assert "Words of the case" in sign_in(cast.panel).get(address).content.decode()
    assert "Words of the case" not in sign_in(cast.observer).get(address).content.decode()
