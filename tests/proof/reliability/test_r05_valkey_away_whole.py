"""The messages' server is gone: pages go on, and what it should have carried comes later."""

import time

import pytest

from scr_portal.notifications.models import Notification
from tests.processes import until
from tests.proof.frame import Claim
from tests.proof.post import Post
from tests.proof.reliability.seeded import seed
from tests.proof.servers import Kept, Servers, this_process_on
from tests.proof.visitor import Visitor

CLAIM = Claim(
    id="R5",
    says="Without Valkey every page works, and the work waits for its return",
    how="Valkey is killed; pages are read and written over HTTP, some of them acts that send mail; "
    "then an empty Valkey is started",
    goal="0 of 500 requests fail, everything delivered 60 seconds after its return",
)
REQUESTS, LETTERS = 500, 20


@pytest.mark.timeout(1500)
def test_pages_without_valkey_and_mail_after_it(claim, tmp_path, django_db_blocker):
    with Post().open() as post, Servers().migrated() as servers:
        portal = Kept(servers, tmp_path / "portal", EMAIL_URL=post.url)
        with this_process_on(servers, django_db_blocker), portal:
            seeded = seed(reviews=LETTERS)
            portal.keep("web", "worker", "beat")
            until(lambda: not Notification.objects.filter(done_at=None).exists(), "all mail", 180)
            servers.kill("Valkey")
            unit = Visitor(portal.address, seeded.cast.unit)
            answers = [_ask(unit, seeded, number) for number in range(REQUESTS)]
            waiting = Notification.objects.filter(done_at=None).count()
            servers.start_valkey()
            back = time.monotonic()
            until(lambda: not Notification.objects.filter(done_at=None).exists(), "the mail", 300)
            seconds = time.monotonic() - back
            rows = Notification.objects.count()
    failed = [status for status, _ in answers if status >= 400]
    slowest = max(took for _, took in answers)
    claim.measured(
        figure=f"{len(failed)} of {len(answers)} failed, the slowest took {slowest:.1f} s; "
        f"{waiting} mails waited and had all gone {seconds:.0f} s after its return; "
        f"{rows - len(post.taken)} lost",
        holds=not failed and waiting >= LETTERS and seconds <= 60 and rows == len(post.taken),
    )


def _ask(unit: Visitor, seeded, number: int) -> tuple[int, float]:
    """Every 25th is an act of which somebody is told by mail."""
    review = seeded.reviews[number // 25 % len(seeded.reviews)]
    begun = time.monotonic()
    if number % 25 == 0:
        appointed = {"who": seeded.cast.panel.email, "role": "panel"}
        answer = unit.post(f"{review.get_absolute_url()}people/appoint", appointed)
        status = answer.status if answer.status == 302 else 499
    else:
        pages = ["/", "/reviews/", review.get_absolute_url(), "/inbox/"]
        status = unit.get(pages[number % len(pages)]).status
    return status, time.monotonic() - begun
