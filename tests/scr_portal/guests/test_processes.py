"""The letters with a real worker and a real mail server, and a real web server's log."""

import asyncio
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.utils import timezone

from scr_portal.core import outbox
from scr_portal.guests import operations
from scr_portal.guests.models import GuestLetter, Letter
from scr_portal.guests.tasks import sweep
from tests.processes import until


@pytest.fixture(autouse=True)
def rested():
    outbox._rest_until = 0.0
    yield
    outbox._rest_until = 0.0


def test_a_worker_killed_while_it_sends_loses_no_letter(processes, make, post, monkeypatch):
    processes.env["EMAIL_URL"] = post.url
    begun = []

    async def hang(server, session, envelope):
        begun.append(envelope)
        await asyncio.sleep(60)

    with monkeypatch.context() as patched:
        patched.setattr(post, "handle_DATA", hang)
        worker = processes.worker()
        for number in range(2):
            operations.write(link=make(), letter=Letter.INVITE, key=f"invite:{number}")
        until(lambda: begun, "the sending")
        processes.kill(worker)
    held = GuestLetter.objects.get(lease_until__isnull=False)
    processes.worker()
    sweep.delay()
    until(lambda: len(post.taken) == 1, "the one that was not in hand")
    held.refresh_from_db()
    assert held.done_at is None, "its lease still runs"
    GuestLetter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.delay()
    until(lambda: len(post.taken) == 2, "the one that was in hand")
    until(lambda: not GuestLetter.objects.filter(done_at__isnull=True).exists())
    assert len({message["Message-ID"] for message in post.taken}) == 2


def test_a_token_is_not_in_the_web_servers_log(processes, make):
    command = ["--access-logfile", "-", "--logger-class", "scr_portal.web_log.AccessLog"]
    processes.env["GUNICORN_CMD_ARGS"] = " ".join(command)
    processes.web()
    link = make()
    for path in (f"/guest/{link.token}/", f"/guest/{link.token}/nothing/"):
        try:
            urllib.request.urlopen(processes.address + path, timeout=10)
        except urllib.error.HTTPError as error:
            assert error.code in {404, 410}
    until(lambda: "/guest/…/" in processes.log("web"), "the log of the request")
    assert link.token not in processes.log("web")
