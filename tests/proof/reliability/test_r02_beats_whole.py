"""Two schedulers at once, and none for a while, over two hundred ticks of a second each."""

import time
from datetime import timedelta

import pytest

from reviews.case import ladder
from reviews.case.models import Deadline
from scr_portal.core import clock
from scr_portal.notifications.models import Notification
from tests.processes import until
from tests.proof.frame import Claim
from tests.proof.post import Post
from tests.proof.reliability.seeded import Seeded, seed
from tests.proof.servers import Kept, Servers, this_process_on
from tests.proof.visitor import Visitor

CLAIM = Claim(
    id="R2",
    says="Two schedulers do nothing twice, and what none of them did is made up for",
    how="Two real schedulers whose sweeps come each second, three workers and the two processes of "
    "a web server on one database, dates that fall due with each tick, and both schedulers killed "
    "for three ticks, twice",
    goal="0 twice, 0 missed in 200 ticks",
)
TICKS = 200
WORKERS = 3
KILLED_AT, BACK_AT = {60, 130}, {63, 133}


@pytest.mark.timeout(1200)
def test_two_schedulers_and_none(claim, tmp_path, django_db_blocker):
    shown = 0
    quick = {"DJANGO_SETTINGS_MODULE": "tests.proof.reliability.quick_settings"}
    with Post().open() as post, Servers().migrated() as servers:
        portal = Kept(servers, tmp_path / "portal", EMAIL_URL=post.url, **quick)
        with this_process_on(servers, django_db_blocker), portal:
            seeded = seed(reviews=20)
            dates = _Dates(seeded)
            portal.web()
            person = Visitor(portal.address, seeded.cast.lead, timeout=15)
            for _each in range(WORKERS):
                portal.worker()
            beats = [portal.beat(), portal.beat()]
            for tick in range(TICKS):
                over = time.monotonic() + 1
                if tick in KILLED_AT:
                    for each in beats:
                        portal.kill(each)
                        portal.company.children.remove(each)
                if tick in BACK_AT:
                    beats = [portal.beat(), portal.beat()]
                dates.fall_due(tick)
                shown += person.get("/").status == 200
                time.sleep(max(0.0, over - time.monotonic()))
            until(lambda: not dates.missed(), "the last reminder", 60)
            until(lambda: not Notification.objects.filter(done_at=None).exists(), "the mail", 60)
            time.sleep(5)  # whatever would come twice comes now
            rows = Notification.objects.count()
            ticks = portal.log("beat").count("Sending due task reminders")
            missed = len(dates.missed()) + max(rows - len(post.taken), 0)
    twice = max(rows - len(dates.expected), 0) + sum(post.taken.values()) - len(post.taken)
    claim.measured(
        figure=f"{TICKS} ticks, {ticks} messages of two schedulers, {len(dates.expected)} "
        f"reminders and their mails by {WORKERS} workers: {missed} missed, {twice} twice; {shown} "
        "pages shown meanwhile",
        holds=not missed and not twice and ticks > TICKS and shown == TICKS,
    )


class _Dates:
    """Each falls due at one tick; after all have, the first again with another date."""

    def __init__(self, seeded: Seeded) -> None:
        Notification.objects.all().delete()
        Deadline.objects.update(remind_on=None)
        self.rows = list(Deadline.objects.filter(met_on=None))
        self.people = [seeded.cast.unit, seeded.cast.lead]
        self.expected: set[tuple[int, str]] = set()

    def fall_due(self, tick: int) -> None:
        row, today = self.rows[tick % len(self.rows)], clock.today()
        due = today + timedelta(days=13 - tick // len(self.rows))
        Deadline.objects.filter(pk=row.pk).update(due_on=due, remind_on=today)
        step = ladder.latest_step(due, today)
        assert step
        key = f"reminder:{row.review_id}:{row.key}:{due}:{step.key}"
        self.expected |= {(person.pk, key) for person in self.people}

    def missed(self) -> set[tuple[int, str]]:
        return self.expected - set(Notification.objects.values_list("user", "key"))
