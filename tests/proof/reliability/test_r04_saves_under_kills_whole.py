"""Answers saved over HTTP while the web server, and then the database, is killed under them."""

import http.client
import queue
import random
import threading
import time
from dataclasses import dataclass, field

import pytest
from django.db import connections

from quality_markers.assessments.models import Answer
from scr_portal.audit import verify
from tests.proof.frame import Claim
from tests.proof.reliability.seeded import Seeded, seed
from tests.proof.servers import Kept, Servers, this_process_on
from tests.proof.visitor import Visitor

CLAIM = Claim(
    id="R4",
    says="What was said to be saved is there, once, though web server or database were killed",
    how="Four people save answers over HTTP, again until it is acknowledged, while gunicorn and "
    "then PostgreSQL are killed with SIGKILL; then every text and every event is looked for",
    goal="every acknowledged save there once, the history whole, back within 10 seconds, no stack "
    "trace shown",
)
SAVES, KILLS, PEOPLE = 500, 6, 4
TRACES = ("Traceback", "OperationalError", "InterfaceError", "psycopg2", 'File "')


@dataclass
class Saving:
    """What the people saw."""

    seeded: Seeded
    address: str
    todo: "queue.Queue[int]" = field(default_factory=queue.Queue)
    acknowledged: dict[tuple[int, int], str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    killed_at: float = 0.0
    away: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> list[threading.Thread]:
        """Each on sessions that were made before anything was killed."""
        people = [Visitor(self.address, self.seeded.cast.lead, timeout=15) for _ in range(PEOPLE)]
        threads = [threading.Thread(target=self._save_all, args=(one,)) for one in people]
        for each in threads:
            each.start()
        return threads

    def _save_all(self, one: Visitor) -> None:
        while True:
            try:
                number = self.todo.get_nowait()
            except queue.Empty:
                return
            limit = time.monotonic() + 90
            while not self._save(one, number) and time.monotonic() < limit:
                time.sleep(0.1)

    def _save(self, one: Visitor, number: int) -> bool:
        assessment, question, text = self.place(number)
        fields = {"narrative": text, "version": "0"}
        try:
            answer = one.post(
                self.seeded.address(assessment, question), fields, Accept="application/json"
            )
        except (OSError, http.client.HTTPException):
            return False
        if answer.status == 200 or (answer.status == 409 and _is_mine(answer.body, text)):
            with self.lock:
                self.acknowledged[assessment.pk, question.pk] = text
                self._is_back()
            return True
        with self.lock:
            self.failed.append(f"{answer.status} {answer.body[:200]}")
            self.shown += [trace for trace in TRACES if trace in answer.body]
        return False

    def _is_back(self) -> None:
        if self.killed_at:
            self.away.append(time.monotonic() - self.killed_at)
            self.killed_at = 0.0

    def place(self, number: int):
        """One question of one pass for each save: what is there, is there from this one."""
        questions = self.seeded.questions
        assessment = self.seeded.passes[number // len(questions)]
        return assessment, questions[number % len(questions)], f"What was learned, {number}"


def _is_mine(body: str, text: str) -> bool:
    """An earlier try was kept and its answer lost on the way: the page says what stands there."""
    return text in body


@pytest.mark.timeout(1200)
def test_saves_while_the_web_server_and_the_database_die(claim, tmp_path, django_db_blocker):
    draw = random.Random(4)
    with Servers().migrated() as servers:
        portal = Kept(servers, tmp_path / "portal")
        with this_process_on(servers, django_db_blocker), portal:
            seeded = seed(reviews=10)
            portal.keep("web")
            saving = Saving(seeded, portal.address)
            _killing(saving, range(SAVES), lambda: portal.kill_one("web"), draw)
            _killing(saving, range(SAVES, 2 * SAVES), lambda: _database(servers), draw)
            connections.close_all()
            there = {(row.assessment_id, row.question_id): row for row in Answer.objects.iterator()}
            missing = [
                place
                for place, text in saving.acknowledged.items()
                if place not in there or there[place].narrative != text
            ]
            twice = sum(row.version != 1 for row in there.values())
            broken = verify.first_break()
    back = max(saving.away, default=0)
    claim.measured(
        figure=f"{len(saving.acknowledged):,} saves acknowledged over {2 * KILLS} kills: "
        f"{len(missing)} missing, {twice} written twice, history "
        f"{'broken' if broken else 'whole'}, back within {back:.1f} s, "
        f"{len(saving.shown)} stack traces shown",
        holds=not missing
        and not twice
        and not broken
        and back <= 10
        and not saving.shown
        and len(saving.acknowledged) == 2 * SAVES,
    )


def _killing(saving: Saving, numbers, kill, draw: random.Random) -> None:
    """Kills are spread over the saves, and the next waits until the last was got over."""
    for number in numbers:
        saving.todo.put(number)
    threads = saving.begin()
    begun = len(saving.acknowledged)
    for each in range(1, KILLS + 1):
        while any(thread.is_alive() for thread in threads) and (
            len(saving.acknowledged) - begun < SAVES * each / (KILLS + 1) or saving.killed_at
        ):
            time.sleep(0.02)
        time.sleep(draw.uniform(0, 0.1))
        saving.killed_at = time.monotonic()
        kill()
    for thread in threads:
        thread.join()


def _database(servers: Servers) -> None:
    servers.kill("PostgreSQL")
    servers.start_postgres()
