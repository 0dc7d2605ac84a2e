"""A thousand jobs while everything that carries them is killed, one after the other."""

import random
import time
from datetime import timedelta

import pytest
from django.db.models import Q

from quality_markers.exports import operations as exports
from quality_markers.exports.models import Export
from reviews.case import ladder
from reviews.case.models import Deadline
from reviews.permissions import BOARD_ROLES, Permission, roles_with
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Notification
from scr_portal.notifications.operations import notify
from tests.processes import own_broker
from tests.proof.frame import Claim
from tests.proof.post import Post
from tests.proof.reliability.seeded import Seeded, seed
from tests.proof.servers import Kept, Servers, patiently, this_process_on

CLAIM = Claim(
    id="R1",
    says="Every reminder, mail and PDF that was asked for comes, and once, whatever is killed",
    how="A thousand jobs are given while worker, scheduler, Valkey, PostgreSQL and web server are "
    "killed with SIGKILL in a random order; then rows, events and mails are counted. Twice is a "
    "second row, file or event, or a mail with a Message-ID of its own; a mail that is handed over "
    "again with the Message-ID it had is counted apart",
    goal="0 lost, 0 twice, all done 60 seconds after the last kill",
)
KILLS = ["worker", "beat", "Valkey", "PostgreSQL", "web"] * 4
JOBS, PDFS = 1_000, 40
LONGEST = 300
"""Seconds until we stop waiting for what should take 60."""


@pytest.mark.timeout(1500)
def test_a_thousand_jobs_and_twenty_kills(claim, tmp_path, django_db_blocker):
    draw = random.Random(6)
    with Post().open() as post, Servers().migrated() as servers:
        portal = Kept(servers, tmp_path / "portal", EMAIL_URL=post.url)
        broker = portal.env["REDIS_URL"].replace("unix://", "redis+socket://")
        with this_process_on(servers, django_db_blocker), own_broker(broker), portal:
            jobs = Jobs(seed(reviews=PDFS // 2), draw)
            portal.keep("web", "worker", "beat")
            kills = draw.sample(KILLS, len(KILLS))
            for number, name in enumerate(kills):
                jobs.give(number, of=len(kills))
                time.sleep(draw.uniform(0.5, 3))
                _kill(name, portal, servers, draw)
            last = time.monotonic()
            jobs.wait()
            seconds = time.monotonic() - last
            wrong = jobs.wrong(post)
    again = sum(number - 1 for number in post.taken.values())
    claim.measured(
        figure=f"{jobs.number:,} jobs, {len(kills)} kills: {wrong['lost']} lost, "
        f"{wrong['twice']} twice, all done {seconds:.0f} s after the last kill; {again} mails were "
        "handed to the mail server a second time, as the same message",
        holds=not any(wrong.values()) and seconds <= 60 and jobs.number >= JOBS,
    )


def _kill(name: str, portal: Kept, servers: Servers, draw: random.Random) -> None:
    if name in portal.running:
        portal.kill_one(name)
        return
    servers.kill(name)
    time.sleep(draw.uniform(0.2, 2))
    {"Valkey": servers.start_valkey, "PostgreSQL": servers.start_postgres}[name]()


class Jobs:
    """What was given, in the words of the rows that must come of it."""

    def __init__(self, seeded: Seeded, draw: random.Random) -> None:
        self.seeded, self.draw, self.cast = seeded, draw, seeded.cast
        Deadline.objects.update(remind_on=None)
        Notification.objects.all().delete()
        self.deadlines = list(Deadline.objects.filter(met_on=None).values_list("pk", flat=True))
        owners = roles_with(Permission.EDIT) & BOARD_ROLES
        self.reminded = [self.cast.people[role] for role in owners] + [self.cast.lead]
        self.told: set[tuple[int, str]] = set()
        self.exports: set[str] = set()
        self.mails = JOBS - PDFS - len(self.deadlines) * len(self.reminded)

    @property
    def number(self) -> int:
        return len(self.told) + len(self.exports)

    def give(self, number: int, *, of: int) -> None:
        patiently(lambda: self._remind(self.deadlines[number::of]))
        for each in range(number, max(self.mails, 0), of):
            person = self.draw.choice([self.cast.unit, self.cast.chair, self.cast.lead])
            patiently(lambda person=person, each=each: self._mail(person, f"role:{each}"))
        for each in range(number, PDFS, of):
            patiently(lambda each=each: self._export(each))

    def _remind(self, deadlines: list[int]) -> None:
        today = clock.today()
        due = today + timedelta(days=7)
        step = ladder.latest_step(due, today)
        assert step
        Deadline.objects.filter(pk__in=deadlines).update(due_on=due, remind_on=today)
        for review, key in Deadline.objects.filter(pk__in=deadlines).values_list("review", "key"):
            name = f"reminder:{review}:{key}:{due}:{step.key}"
            self.told |= {(person.pk, name) for person in self.reminded}

    def _mail(self, person, key: str) -> None:
        notify(to=[person], kind=Kind.ROLE_GIVEN, key=key, link="/")
        self.told.add((person.pk, key))

    def _export(self, number: int) -> None:
        assessment = self.seeded.passes[number // 2]
        marker = assessment.markers.get(number=1 + number % 2)
        click = {"token": f"click-{number}", "by": self.cast.lead}
        asked = exports.ask(assessment=assessment, marker=marker, **click)
        self.exports.add(str(asked.pk))

    def wait(self) -> None:
        limit = time.monotonic() + LONGEST
        while patiently(self._left) and time.monotonic() < limit:
            time.sleep(0.5)

    def _left(self) -> int:
        exports_left = Export.objects.filter(done_at=None).count()
        mails_left = Notification.objects.filter(done_at=None).count()
        return exports_left + mails_left + len(self.told - self._told())

    def _told(self) -> set[tuple[int, str]]:
        return set(Notification.objects.values_list("user", "key"))

    def wrong(self, post: Post) -> dict[str, int]:
        """By rows, by events, and by what the mail server was given."""
        rows = Notification.objects.exclude(kind=Kind.EXPORT_READY)
        ready = Notification.objects.filter(kind=Kind.EXPORT_READY).count()
        made = AuditEvent.objects.filter(kind="export_made").count()
        all_rows = Notification.objects.count()
        lost = len(self.told - self._told()) + rows.filter(done_at=None).count()
        lost += rows.exclude(last_error="").count()
        lost += Export.objects.filter(Q(done_at=None) | Q(content=None)).count()
        lost += len(self.exports - {str(pk) for pk in Export.objects.values_list("pk", flat=True)})
        lost += max(all_rows - len(post.taken), 0)
        twice = abs(made - len(self.exports)) + abs(ready - len(self.exports))
        twice += max(len(post.taken) - all_rows, 0)
        return {"lost": lost, "twice": twice}
