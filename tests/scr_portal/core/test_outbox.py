import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from scr_portal.core import outbox
from scr_portal.notifications.models import Digest
from scr_portal.notifications.tasks import deliver
from tests.processes import own_broker

TODAY = timezone.now().date()


@pytest.fixture
def row(cast):
    return Digest.objects.create(user=cast.unit, date=TODAY)


def claimed(**options):
    return Digest.objects.claim(**{"limit": 5, "seconds": 60, **options})


def lapse(row):
    Digest.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_row_is_given_to_one_worker_only(row):
    assert [taken.pk for taken in claimed()] == [row.pk]
    assert claimed() == []


def test_a_lease_that_has_run_out_is_given_again(row):
    (first,) = claimed()
    lapse(first)
    (second,) = claimed()
    assert (second.pk, second.attempts) == (row.pk, 2)


def test_a_finished_row_stays_finished(row):
    assert Digest.objects.finish(row.pk) == 1
    assert Digest.objects.finish(row.pk) == 0
    assert claimed() == []


@pytest.mark.parametrize(("attempts", "wait"), [(1, 30), (2, 60), (3, 120), (8, 3600), (90, 3600)])
def test_the_wait_doubles_up_to_an_hour(row, attempts, wait):
    Digest.objects.filter(pk=row.pk).update(attempts=attempts)
    row.refresh_from_db()
    Digest.objects.fail(row, "SMTPConnectError")
    row.refresh_from_db()
    left = (row.not_before - timezone.now()).total_seconds()
    assert wait - 5 < left <= wait
    assert (row.lease_until, row.last_error) == (None, "SMTPConnectError")
    assert claimed() == []


def test_a_worker_that_lost_its_lease_gives_nothing_back(row):
    (late,) = claimed()
    lapse(late)
    (holder,) = claimed()
    Digest.objects.fail(late, "too late")
    holder.refresh_from_db()
    assert holder.lease_until > timezone.now()
    assert holder.last_error == ""


def test_trying_again_leaves_a_row_alone_that_is_being_worked_on(row):
    claimed()
    assert Digest.objects.retry(row.pk) == 0
    lapse(row)
    assert Digest.objects.retry(row.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_claim_different_rows_at_the_same_moment(cast):
    for user in (cast.unit, cast.chair):
        Digest.objects.create(user=user, date=TODAY)
    with transaction.atomic():
        locked = Digest.objects.select_for_update().order_by("pk").first()
        assert locked
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute(
                    "SELECT id FROM notifications_digest ORDER BY id FOR UPDATE SKIP LOCKED"
                )
                assert locked.pk not in [pk for (pk,) in cursor.fetchall()]
        finally:
            other.close()


@pytest.fixture
def rested():
    outbox._rest_until = 0.0
    yield
    outbox._rest_until = 0.0


def seconds_for(act) -> float:
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


@pytest.mark.parametrize(
    "url", ["redis+socket:///nowhere/valkey.sock", "redis://127.0.0.1:1/0", "redis://192.0.2.1/0"]
)
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_holds_a_page_up_for_a_second_at_most(rested, url):
    with own_broker(url):
        assert seconds_for(lambda: outbox.nudge(deliver)) < 1.5
        assert seconds_for(lambda: outbox.nudge(deliver)) < 0.05, "it is not asked again at once"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_an_act_that_is_rolled_back(rested, monkeypatch):
    sent = []
    monkeypatch.setattr(deliver, "apply_async", lambda *args, **options: sent.append(args))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.nudge(deliver)
        raise ZeroDivisionError
    assert not sent
    outbox.nudge(deliver)
    assert sent


@pytest.mark.django_db(transaction=True)
def test_a_lease_lasts_as_long_as_the_work_and_no_longer(cast):
    Digest.objects.create(user=cast.unit, date=TODAY)
    (held,) = claimed(seconds=1)
    with Digest.objects.holding(held, seconds=1):
        time.sleep(1.5)
        assert claimed() == []
    lapse(held)
    (taken,) = claimed(seconds=0)
    with Digest.objects.holding(held, seconds=0.3):
        time.sleep(0.5)
    taken.refresh_from_db()
    assert taken.lease_until < timezone.now(), "whoever lost it renews it for nobody"
