"""A real worker, killed with -9 while it lays out the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quality_markers.exports.models import Export
from quality_markers.exports.tasks import make, sweep
from scr_portal.audit.models import AuditEvent
from scr_portal.celery import app
from scr_portal.notifications.models import Notification
from tests.processes import until


@pytest.mark.timeout(300)
def test_one_sweep_makes_all_that_waits_however_many(processes, assessment, ask):
    asked = [ask(assessment, marker=each) for each in assessment.markers.all()[:7]]
    app.control.purge()  # as a broker that came back empty
    processes.worker()
    sweep.delay()
    until(lambda: Export.objects.filter(done_at=None).count() == 0, "all seven", 90)
    assert [bool(each.content) for each in Export.objects.all()] == [True] * len(asked)
    assert processes.log("worker").count("tasks.sweep") >= 2


def test_a_killed_worker_leaves_no_half_and_the_next_makes_it_once(
    processes, assessment, answer, ask, cast
):
    for number in range(1, 5):
        answer(assessment, f"12.{number}", narrative="x" * 12_000)
    worker = processes.worker()
    export = ask(assessment)
    until(lambda: Export.objects.get().percent, "the first page", 60)
    processes.kill(worker)
    held = Export.objects.get()
    assert (held.state, held.content, held.attempts) == ("working", None, 1)

    Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    processes.worker(concurrency=2)
    for task in (sweep, sweep):
        task.delay()
    make.delay(export.pk)
    until(lambda: Export.objects.get().state == "done", "the file", 90)
    sweep.delay()
    until(lambda: processes.log("worker").count("tasks.sweep") >= 3)
    made = Export.objects.get()
    assert bytes(made.content or b"").startswith(b"%PDF-1.7")
    assert made.attempts == 2
    assert Notification.objects.filter(user=cast.lead, kind="export_ready").count() == 1
    assert AuditEvent.objects.filter(kind="export_made").count() == 1
