"""Who oversees a board sees who was refused at its pages, and nothing of what stands there."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.case.operations import people
from reviews.decisions.referrals import operations as referrals
from scr_portal.audit.events import Event
from scr_portal.audit.models import AuditEvent
from tests import builders

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def review(cast, clock):
    return builders.a_review(cast)


@pytest.fixture
def shown(cast, review, sign_in):
    """What that person sees, with a filter."""

    def read(who, **wanted) -> str:
        url = reverse("reviews:refusals", args=[cast.board.slug])
        return " ".join(sign_in(who).get(url, wanted).content.decode().split())

    return read


def body(text: str) -> str:
    return text.partition("<tbody")[2].partition("</tbody>")[0]


def rows(text: str) -> int:
    return body(text).count("<tr")


def refused(sign_in, who, review, *names):
    client = sign_in(who)
    for name in names or ("reviews:detail",):
        assert client.get(reverse(name, args=[review.pk])).status_code in {403, 404}


@pytest.mark.parametrize("role", ["unit", "chair", "auditor"])
def test_who_when_and_which_page(cast, review, sign_in, shown, role):
    refused(sign_in, cast.outsider, review)
    text = shown(getattr(cast, role))
    assert rows(text) == 1
    for words in (cast.outsider.name, "2 March 2026 at 12:00", "reviews:detail", review.reference):
        assert words in body(text)
    assert "Closed to this person, or not there" in body(text)
    assert str(review.pk) not in text


@pytest.mark.parametrize("role", ["member", "outsider", "administrator", "stranger"])
def test_nobody_else_sees_it(cast, review, sign_in, role):
    url = reverse("reviews:refusals", args=[cast.board.slug])
    assert sign_in(getattr(cast, role)).get(url).status_code == 404


def test_the_boards_own_pages_and_those_of_nobody_signed_in(cast, review, sign_in, shown):
    sign_in(cast.outsider).post(reverse("accounts:invite", args=[cast.board.slug]))
    text = body(shown(cast.auditor))
    assert "accounts:invite" in text
    assert "The board’s own page" in text
    assert "to change something" in text


def test_other_boards_and_what_is_not_there_are_no_affair_of_this_one(cast, review, sign_in, shown):
    theirs = referrals.refer(
        board=cast.other_board,
        by=cast.outsider,
        case=builders.CASE,
        child=builders.CHILD,
        referral=builders.REFERRAL,
    )
    refused(sign_in, cast.unit, theirs)
    client = sign_in(cast.unit)
    client.get(reverse("reviews:detail", args=[uuid4()]))
    client.get(reverse("accounts:people", args=[cast.other_board.slug]))
    assert rows(shown(cast.auditor)) == 0
    assert "Nobody was refused in the last 30 days" in shown(cast.auditor)


def test_a_review_that_is_closed_to_the_reader_is_not_in_it(cast, review, sign_in, shown):
    refused(sign_in, cast.outsider, review)
    people.recuse(review=review, user=cast.auditor, reason="Is related", by=cast.unit)
    text = shown(cast.auditor)
    assert rows(text) == 0
    assert cast.outsider.name not in text, "nor among the people of the filter"
    assert rows(shown(cast.chair)) == 1


def test_filters(cast, review, sign_in, shown, clock):
    refused(sign_in, cast.outsider, review)
    cast.on(review, "observer")
    clock.shift(timedelta(days=2))
    refused(sign_in, cast.observer, review, "reviews:pause", "reviews:history")
    assert rows(shown(cast.auditor)) == 3
    assert rows(shown(cast.auditor, actor=cast.outsider.pk)) == 1
    assert rows(shown(cast.auditor, status=403)) == 2
    day = {"since": "3 3 2026"}
    assert rows(shown(cast.auditor, **day)) == 2
    day = {"until": "3 3 2026"}
    assert rows(shown(cast.auditor, **day)) == 1
    assert "Nothing matches" in shown(cast.auditor, status=429)
    clock.shift(timedelta(days=31))
    assert rows(shown(cast.auditor)) == 0
    day = {"since": "1 3 2026"}
    assert rows(shown(cast.auditor, **day)) == 3


def test_fifty_stand_on_a_page_and_cost_as_much_as_one(cast, review, sign_in, shown):
    url, outsider = reverse("reviews:refusals", args=[cast.board.slug]), sign_in(cast.outsider)
    auditor = sign_in(cast.auditor)
    auditor.get(url)
    counts = []
    for further in (1, 9, 50):
        for _ in range(further):
            outsider.get(reverse("reviews:detail", args=[review.pk]))
        with CaptureQueriesContext(connection) as queries:
            auditor.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    assert rows(shown(cast.auditor)) == 50
    assert rows(shown(cast.auditor, page=2)) == 10


def test_looking_is_kept_too(cast, review, shown):
    shown(cast.auditor)
    [event] = AuditEvent.objects.filter(kind=Event.REFUSALS_READ)
    assert (event.actor_id, event.board_id) == (cast.auditor.pk, cast.board.pk)


def test_who_is_not_signed_in_is_led_to_sign_in_and_is_no_refusal(cast, review):
    Client().get(reverse("reviews:detail", args=[review.pk]))
    assert not AuditEvent.objects.filter(kind=Event.ACCESS_REFUSED).exists()
