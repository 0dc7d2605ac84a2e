"""Twenty people at work for half an hour."""

import http.client
import random
import threading
import time
from collections import Counter

import psutil
import pytest

from scr_portal.notifications.models import Notification
from tests.proof.frame import Claim
from tests.proof.post import Post
from tests.proof.reliability.seeded import Seeded, seed
from tests.proof.servers import Kept, Servers, this_process_on
from tests.proof.visitor import Visitor

CLAIM = Claim(
    id="R9",
    says="A working day does not wear the portal out",
    how="Twenty people read, search, write answers and ask for files over HTTP for half an hour, "
    "with worker and scheduler; the memory of the web processes is read every ten seconds",
    goal="0 server errors, memory grows by 5 per cent at most",
)
PEOPLE, MINUTES, PAUSE = 20, 30, 6.0
WARM = 5
"""Minutes after which growth counts: what is loaded once has been loaded by then."""


@pytest.mark.timeout(60 * MINUTES + 600)
def test_twenty_people_for_half_an_hour(claim, tmp_path, django_db_blocker):
    with Post().open() as post, Servers().migrated() as servers:
        portal = Kept(servers, tmp_path / "portal", EMAIL_URL=post.url)
        with this_process_on(servers, django_db_blocker), portal:
            work = Work(seed(reviews=20), portal.address)
            portal.keep("web", "worker", "beat")
            memory = work.go_on(60 * MINUTES, lambda: _memory(portal))
            left = Notification.objects.filter(done_at=None).count()
    after = [read for moment, read in memory if moment >= 60 * WARM]
    first, last = _middle(after[:30]), _middle(after[-30:])
    growth = 100 * (last - first) / first
    errors = {status: n for status, n in work.answers.items() if status >= 500}
    number = sum(work.answers.values())
    claim.measured(
        figure=f"{sum(errors.values())} server errors in {number:,} requests, memory of the web "
        f"processes from {first:.0f} to {last:.0f} MB ({growth:+.1f} per cent), {left} mails left, "
        f"{len(portal.died_alone)} processes died"
        + "".join(f"; {n} unanswered: {what}" for what, n in work.unanswered.items()),
        holds=not errors and growth <= 5 and not portal.died_alone and number > 1_000,
    )


def _memory(portal: Kept) -> float:
    """Of the web server's processes together, in MB, what is their own alone."""
    parent = psutil.Process(portal.running["web"].process.pid)
    return sum(each.memory_full_info().uss for each in parent.children(recursive=True)) / 1e6


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


class Work:
    """What people do, drawn anew for each of them."""

    def __init__(self, seeded: Seeded, address: str) -> None:
        cast = seeded.cast
        self.seeded, self.address = seeded, address
        self.people = [cast.unit, cast.lead, cast.chair, cast.auditor] * (PEOPLE // 4)
        self.answers: Counter[int] = Counter()
        self.unanswered: Counter[str] = Counter()
        """Requests that came to nothing, by what the person's side says of it."""
        self.over = threading.Event()

    def go_on(self, seconds: float, read) -> list[tuple[float, float]]:
        """Returns what was read, with the second of each reading."""
        people = [Visitor(self.address, person) for person in self.people]
        threads = [
            threading.Thread(target=self._work, args=(one, number))
            for number, one in enumerate(people)
        ]
        for each in threads:
            each.start()
        begun, found = time.monotonic(), []
        while (now := time.monotonic() - begun) < seconds:
            found.append((now, read()))
            time.sleep(10)
        self.over.set()
        for each in threads:
            each.join()
        return found

    def _work(self, one: Visitor, number: int) -> None:
        draw = random.Random(number)
        while not self.over.wait(draw.uniform(0, 2 * PAUSE)):
            try:
                status = self._act(one, draw)
            except (OSError, http.client.HTTPException) as error:
                status = 599
                self.unanswered[type(error).__name__] += 1
            self.answers[status] += 1

    def _act(self, one: Visitor, draw: random.Random) -> int:
        review = draw.choice(self.seeded.reviews)
        assessment = draw.choice(self.seeded.passes)
        page = review.get_absolute_url()
        if draw.random() < 0.3:
            question = draw.choice(self.seeded.questions)
            text = f"What was learned, {draw.randint(1, 10**6)}. " * draw.randint(1, 20)
            address = self.seeded.address(assessment, question)
            fields = {"narrative": text, "version": "0"}
            return one.post(address, fields, Accept="application/json").status
        if draw.random() < 0.03:
            asked = {"of": "all", "form": "pdf", "token": f"{draw.random()}"}
            return one.post(f"{assessment.get_absolute_url()}export", asked).status
        pages = ["/", "/reviews/", "/reviews/?q=child", "/inbox/", page, f"{page}dates"]
        pages += [f"{page}people", f"{page}history", assessment.get_absolute_url()]
        pages += [f"{assessment.get_absolute_url()}marker/{draw.randint(1, 18)}/"]
        pages += [f"{assessment.get_absolute_url()}questions"]
        return one.get(draw.choice(pages)).status
