from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from reviews.case.operations.people import recuse
from scr_portal.notifications import delivery, digests, operations
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Digest, Notification
from tests.builders import a_review

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
EARLY = datetime(2026, 6, 3, 7, 29, tzinfo=LONDON)
MORNING = datetime(2026, 6, 3, 7, 31, tzinfo=LONDON)


@pytest.fixture
def review(cast):
    with time_machine.travel(EARLY - timedelta(days=1)):
        review = a_review(cast)
    Notification.objects.all().delete()
    cast.unit.mail = "daily"
    cast.unit.save()
    return review


def tell(review, user, number, kind=Kind.STAGE_CHANGED):
    operations.notify(
        to=[user], kind=kind, key=f"{kind}:{number}", link=review.get_absolute_url(), review=review
    )


def morning(days=0):
    return time_machine.travel(MORNING + timedelta(days=days), tick=False)


def text(message) -> str:
    return message.get_payload(decode=True).decode()


def test_one_message_a_day_with_counts_references_and_links(review, cast, post):
    with morning():
        for number in range(3):
            tell(review, cast.unit, number)
        tell(review, cast.unit, 9, Kind.PASS_OPENED)
        delivery.deliver()
        assert post.taken == []
        assert digests.gather() == 4
        assert digests.gather() == 0
        delivery.deliver()
        delivery.deliver()
    (message,) = post.taken
    assert message["Subject"] == "SCR Portal: 4 notifications wait for you"
    assert f"{review.reference} has moved to another stage (3)" in text(message)
    assert text(message).count(review.get_absolute_url()) == 2
    assert review.pseudonym not in text(message)


def test_none_before_half_past_seven_in_london(review, cast):
    with time_machine.travel(EARLY, tick=False):
        tell(review, cast.unit, 1)
        assert digests.gather() == 0
    with morning():
        assert digests.gather() == 1


def test_what_comes_later_waits_for_tomorrow(review, cast, post):
    with morning():
        tell(review, cast.unit, 1)
        digests.gather()
        tell(review, cast.unit, 2)
        assert digests.gather() == 0
    with morning(days=1):
        assert digests.gather() == 1
        delivery.deliver()
    assert Digest.objects.count() == 2
    assert len(post.to(cast.unit)) == 2


def test_no_message_on_a_day_with_nothing_new_or_nothing_unread(review, cast):
    with morning():
        tell(review, cast.unit, 1)
        Notification.objects.update(read_at=MORNING)
        assert digests.gather() == 0
        assert not Digest.objects.exists()


def test_what_always_goes_at_once_is_not_said_again(review, cast, post):
    with morning():
        tell(review, cast.unit, 1, Kind.DEADLINE_OVER)
        delivery.deliver()
        assert len(post.taken) == 1
        assert digests.gather() == 0


def test_a_message_leaves_out_what_may_no_longer_be_seen(review, cast, post):
    with morning():
        tell(review, cast.unit, 1)
        digests.gather()
        recuse(review=review, user=cast.unit, reason="A relative", by=cast.chair)
        delivery.deliver()
    assert post.taken == []
    assert Digest.objects.get().last_error == "Nothing was left to tell."


def test_who_changes_to_at_once_gets_the_rest_in_a_last_message(review, cast, post):
    with morning():
        tell(review, cast.unit, 1)
        cast.unit.mail = "at_once"
        cast.unit.save()
        assert digests.gather() == 1
        tell(review, cast.unit, 2)
        delivery.deliver()
    assert len(post.taken) == 2
