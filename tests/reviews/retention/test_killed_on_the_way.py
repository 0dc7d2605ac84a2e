"""A real worker is killed with SIGKILL while it destroys: among the rows, and before the proof."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from launcher.processes import Child

from reviews.case.models import Deadline, Review
from reviews.retention import operations, tasks
from reviews.retention.models import Disposal
from scr_portal.audit.models import AuditEvent, ChainHead
from scr_portal.audit.verify import first_break
from scr_portal.core import clock
from scr_portal.core.invariants import every
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import process
from scr_portal.documents.storage import storage
from tests import builders
from tests.owner import as_owner
from tests.processes import Processes, until
from tests.reviews.retention.conftest import agreed, over, proposed
from tests.reviews.retention.test_ending_of_keeping import rows_of

pytestmark = pytest.mark.timeout(600)
FILES = 3
PATIENCE = 120
"""Seconds for a worker to begin, on a machine that runs all of the tests at once."""


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Of this process and of the worker."""
    place = tmp_path / "documents"
    disk = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"documents": disk}
    settings.FILE_UPLOAD_TEMP_DIR = place / "uploads"
    return place


def test_a_review_is_destroyed_once_whoever_is_killed(folder: Path, processes: Processes, cast):
    processes.env["DOCUMENTS_ROOT"] = str(folder)
    agreed(cast)
    review = over(cast)
    for number in range(FILES):
        builders.a_document(review, cast, content=f"File {number}".encode())
    for stored in StoredFile.objects.filter(done_at__isnull=True):
        process(pk=stored.pk)
    names = list(StoredFile.objects.filter(review_id=review.pk).values_list("name", flat=True))
    assert len(names) >= FILES and all(storage().exists(name) for name in names)
    made = proposed(cast, review)
    operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)
    before = rows_of(review)

    kill_among_the_rows(processes, made, review)
    assert state(made) == Disposal.State.AGREED
    assert rows_of(review) == before
    assert all(storage().exists(name) for name in names)

    kill_before_the_certificate(processes, made)
    assert state(made) == Disposal.State.ROWS_GONE
    assert not Review.objects.filter(pk=review.pk).exists()
    assert not any(storage().exists(name) for name in names)

    let_go(made)
    begin(processes)
    until(lambda: state(made) == Disposal.State.DONE, "the certificate", PATIENCE)
    made.refresh_from_db()
    assert made.counts["files"] == len(names)
    ended = AuditEvent.objects.filter(review_id=review.pk, kind="keeping_ended")
    assert ended.count() == 1
    assert rows_of(review) == {}
    assert first_break() is None
    looked_at = {"destroyed", "certificates", "files", "history", "loose ends"}
    assert [one.name for one in every() if one.name in looked_at and one.find()] == []


def state(made: Disposal) -> str:
    return Disposal.objects.values_list("state", flat=True).get(pk=made.pk)


def let_go(made: Disposal) -> None:
    """What a dead worker had taken is free after ten minutes: now."""
    past = clock.now() - timedelta(seconds=1)
    Disposal.objects.filter(pk=made.pk).update(lease_until=past, not_before=past)


def begin(processes: Processes) -> Child:
    """The message waits for it."""
    worker = processes.worker(wait=False)
    tasks.sweep.delay()
    return worker


def waiting() -> int:
    """Connections that wait for somebody's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot(); SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def kill_among_the_rows(processes: Processes, made: Disposal, review: Review) -> None:
    """The dates of the review are held, so that the worker waits with some of the rows gone."""
    let_go(made)
    with transaction.atomic():
        hold_dates(review)
        worker = begin(processes)
        until(waiting, "the worker to be among the rows", PATIENCE)
        processes.kill(worker)
    until(lambda: not waiting(), "the dead worker's statement to end")


def kill_before_the_certificate(processes: Processes, made: Disposal) -> None:
    """All files have gone; the worker waits to write down that the keeping has ended."""
    let_go(made)
    with transaction.atomic():
        with as_owner():
            list(ChainHead.objects.select_for_update())
        worker = begin(processes)
        until(waiting, "the worker to be at the certificate", PATIENCE)
        processes.kill(worker)
    until(lambda: not waiting(), "the dead worker's statement to end")


def hold_dates(review: Review) -> None:
    assert list(Deadline.objects.select_for_update(of=("self",)).filter(review=review))
