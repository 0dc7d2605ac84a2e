"""The outbox with a real worker, a real Valkey and a real mail server, each taken away in turn."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from scr_portal.core import outbox
from scr_portal.notifications import operations
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Heartbeat, Notification
from scr_portal.notifications.tasks import sweep
from tests.processes import own_broker, until


def tell(user, number=1):
    for each in range(number):
        operations.notify(to=[user], kind=Kind.ROLE_GIVEN, key=f"role:{each}", link="/")


@pytest.fixture(autouse=True)
def rested():
    outbox._rest_until = 0.0
    yield
    outbox._rest_until = 0.0


def test_a_nudge_brings_the_mail_without_beat_and_a_missed_one_comes_with_the_sweep(
    processes, cast, post
):
    processes.env["EMAIL_URL"] = post.url
    processes.worker()
    tell(cast.unit)
    until(lambda: len(post.to(cast.unit)) == 1, "the mail of a nudge")
    with own_broker("redis+socket:///nowhere/valkey.sock"):
        tell(cast.chair)
    assert Notification.objects.filter(user=cast.chair, done_at__isnull=True).exists()
    sweep.delay()
    until(lambda: len(post.to(cast.chair)) == 1, "the mail of the sweep")
    until(lambda: not Notification.objects.filter(done_at__isnull=True).exists())
    assert set(Heartbeat.objects.values_list("process", flat=True)) == {"worker"}


def test_a_worker_killed_while_it_sends_loses_no_mail(processes, cast, post, monkeypatch):
    processes.env["EMAIL_URL"] = post.url
    begun = []

    async def hang(server, session, envelope):
        begun.append(envelope)
        await asyncio.sleep(60)

    with monkeypatch.context() as patched:
        patched.setattr(post, "handle_DATA", hang)
        worker = processes.worker()
        tell(cast.unit, number=3)
        until(lambda: begun, "the sending")
        processes.kill(worker)
    held = Notification.objects.get(lease_until__isnull=False)
    processes.worker()
    sweep.delay()
    until(lambda: len(post.to(cast.unit)) == 2, "those that were not in hand")
    held.refresh_from_db()
    assert held.done_at is None, "its lease still runs"
    Notification.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.delay()
    until(lambda: len(post.to(cast.unit)) == 3, "the one that was in hand")
    assert len({message["Message-ID"] for message in post.taken}) == 3
