"""What was sent in is looked at, and settled once: opened, put to a review, or declined."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.models import Review
from reviews.case.operations import people
from reviews.decisions.referrals import operations
from reviews.decisions.referrals.contributions import worklist
from reviews.decisions.referrals.models import ReceivedReferral
from scr_portal.audit.models import AuditEvent
from scr_portal.core.reasons import Refused
from scr_portal.guests.models import GuestLetter
from scr_portal.notifications.models import Notification
from tests import builders
from tests.reviews.decisions.referrals.conftest import ANSWERS, page_of
from tests.together import at_once

LIST = "/reviews/received/northmere/"
ACCEPT = {
    "act": "accept",
    "accept-pseudonym": "Child Kite",
    "accept-learned_on_day": "20",
    "accept-learned_on_month": "1",
    "accept-learned_on_year": "2026",
    "accept-referred_on_day": "20",
    "accept-referred_on_month": "1",
    "accept-referred_on_year": "2026",
    "accept-delay_reason": "",
}


@pytest.fixture
def unit(cast, sign_in):
    return sign_in(cast.unit)


def test_it_is_opened_with_all_that_was_said(cast, unit, sent):
    row = sent()
    page = unit.get(page_of(row)).content.decode()
    assert "Three agencies knew of the bruises." in page and "Board member Invented" in page
    answer = unit.post(page_of(row), ACCEPT | {"accept-agency": cast.agency.pk})
    review = Review.objects.get()
    assert answer.url == reverse("reviews:referred", args=[review.pk])
    assert (review.pseudonym, review.referred_on.day) == ("Child Kite", 20)
    assert review.incident_on.isoformat() == "2026-01-12"
    assert review.children.get().pseudonym == "Child Kite"
    referral = review.referral
    assert referral.route == "member" and referral.agency == cast.agency
    assert referral.referrer_name == "Named nurse, Northmere Hospital"
    assert referral.urgent_risks == "A younger sister sees the same man."
    assert sorted(tag.label for tag in referral.tags.all()) == ["A12", "Ward 4"]
    assert referral.clauses.count() == 4
    row.refresh_from_db()
    assert (row.state, row.review) == ("accepted", review)
    kept = unit.get(page_of(row)).content.decode()
    assert "Child K<" in kept or "Child K\n" in kept, "what was sent stays as it was"
    shown = unit.get(reverse("reviews:referral", args=[review.pk])).content.decode()
    assert page_of(row) in shown and "A board member" in shown
    assert AuditEvent.objects.filter(kind="referral_accepted", review_id=review.pk).exists()


def test_the_sender_is_told_and_of_nothing_else(cast, unit, sent, sign_in):
    row = sent()
    unit.post(page_of(row), {"act": "decline", "decline-reason": "It is another board's case."})
    told = Notification.objects.get(kind="referral_settled")
    assert told.user == cast.member and told.review_id is None
    page = sign_in(cast.member).get(told.link).content.decode()
    assert "another board" not in page
    row.refresh_from_db()
    assert (row.state, row.reason) == ("declined", "It is another board's case.")
    assert "another board" in unit.get(page_of(row)).content.decode()


def test_somebody_outside_is_told_by_letter(cast, unit, asked):
    row = operations.send_as_guest(link=asked, answers=ANSWERS)
    unit.post(page_of(row), ACCEPT)
    assert Review.objects.get().referral.route == "outside"
    assert GuestLetter.objects.filter(link=asked, letter="answered").count() == 1


def test_it_is_put_to_the_review_that_it_is_about(cast, unit, sent):
    review, row = builders.a_review(cast), sent()
    page = unit.get(page_of(row)).content.decode()
    assert review.reference in page and "may have been referred before" in page
    wrong = unit.post(page_of(row), {"act": "same", "same-reference": "SCR-1999-001"})
    assert "There is no review with this reference" in wrong.content.decode()
    same = {"act": "same", "same-reference": review.reference.lower()}
    assert unit.post(page_of(row), same).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.review) == ("same", review)
    assert Review.objects.count() == 1


def test_another_boards_review_is_no_choice(cast, unit, sent):
    theirs = operations.refer(
        board=cast.other_board,
        by=cast.outsider,
        case=builders.CASE | {"referred_on": builders.DAYS["referred_on"].replace(day=26)},
        child=builders.CHILD,
        referral=builders.REFERRAL,
    )
    row = sent()
    same = {"act": "same", "same-reference": theirs.reference}
    assert "There is no review" in unit.post(page_of(row), same).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"act": "accept", "accept-pseudonym": ""}, "Enter pseudonym of the child"),
        (ACCEPT | {"accept-referred_on_month": "3"}, "Say why it took this long."),
        (ACCEPT | {"accept-referred_on_day": "12"}, "knew of the incident only after this day"),
        (ACCEPT | {"accept-learned_on_day": "2"}, "This day must lie between that on which"),
        ({"act": "decline", "decline-reason": ""}, "Enter why it is not taken further"),
        ({"act": "same", "same-reference": ""}, "Enter reference of the review"),
    ],
)
def test_what_is_missing_is_said_at_its_field(unit, sent, data, said):
    row = sent()
    page = unit.post(page_of(row), data).content.decode()
    assert said in page
    row.refresh_from_db()
    assert row.state == "new"


def test_an_unknown_way_is_no_way(unit, sent):
    row = sent()
    assert unit.post(page_of(row), {"act": "burn"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "new"


def test_a_second_click_opens_no_second_review(unit, sent):
    row = sent()
    unit.post(page_of(row), ACCEPT)
    page = unit.post(page_of(row), ACCEPT).content.decode()
    assert "has settled this referral already" in page
    assert Review.objects.count() == 1


def test_of_two_who_settle_it_at_once_one_does(transactional_db, cast, sent):
    row = sent()
    case = {
        "pseudonym": "Child Kite",
        "notified_on": None,
        "referred_on": builders.DAYS["referred_on"],
    }
    found = at_once(
        lambda: operations.accept(received=row, by=cast.unit, case=case, referral={}),
        lambda: operations.decline(received=row, by=cast.unit, reason="No"),
    )
    assert sum(isinstance(each, Refused) for each in found) == 1
    row.refresh_from_db()
    assert (row.state == "accepted") == (Review.objects.count() == 1)


def test_it_waits_on_the_first_page_until_it_is_settled(cast, unit, sent):
    row = sent()
    (need,) = worklist(cast.unit)
    assert need.url == page_of(row) and "Child" not in str(need.text)
    assert worklist(cast.chair) == worklist(cast.outsider) == []
    unit.post(page_of(row), {"act": "decline", "decline-reason": "Sent by mistake"})
    assert worklist(cast.unit) == []


def test_a_recusal_hides_what_led_to_the_review(cast, unit, sent):
    row, other = sent(), sent(incident_on="2026-01-11")
    unit.post(page_of(row), ACCEPT)
    people.recuse(review=Review.objects.get(), user=cast.unit, reason="Is related", by=cast.chair)
    page = unit.get(LIST).content.decode()
    assert page_of(row) not in page and page_of(other) in page
    assert "All (1)" in page
    missing = unit.get(reverse("reviews:received_referral", args=["northmere", 99999]))
    answer = unit.get(page_of(row))
    assert (answer.status_code, answer.content) == (404, missing.content)


def test_two_of_the_same_incident_are_noticed(unit, sent):
    one, other, unlike = sent(), sent(), sent(incident_on="2026-01-11", adults="", settings="")
    page = unit.get(page_of(one)).content.decode()
    assert page_of(other) in page
    assert page_of(unlike) not in page


def test_the_list_is_filtered_and_says_what_to_do_when_it_is_empty(unit, sent):
    assert "Nothing has been sent in yet" in unit.get(LIST).content.decode()
    row = sent()
    assert page_of(row) in unit.get(f"{LIST}?state=new").content.decode()
    assert "None is in this state" in unit.get(f"{LIST}?state=declined").content.decode()


def test_the_list_costs_the_same_for_many(unit, sent):
    costs = []
    for more in (1, 9, 15):
        for number in range(more):
            row = sent(pseudonym=f"Child {number}")
        unit.post(page_of(row), {"act": "decline", "decline-reason": "No"})
        unit.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            unit.get(LIST)
        costs.append(len(asked))
    assert len(set(costs)) == 1, costs
    assert ReceivedReferral.objects.count() == 25
