"""Backed up while people write, restored into an empty place, compared row by row."""

import json
import threading
from pathlib import Path

import pytest
from django.db import connection

from reviews.case.lifecycle import Stage
from scr_portal.core import clock
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import process
from tests import builders, cast
from tests.proof.frame import Claim
from tests.scr_portal.running import places

CLAIM = Claim(
    id="R7",
    says="A backup that is made while people write comes back whole in an empty place",
    how="script/backup beside writers, script/restore into an empty database and folder; every "
    "table, file and head of a history compared, then manage.py check_invariants",
    goal="0 differences",
)
COPIES = """
    INSERT INTO audit_auditevent (at, kind, actor_name, target_type, target_id, target_label,
                                  changes, chain, sequence, previous_hash, hash)
    SELECT now(), 'review_opened', 'Invented', '', '', '', '{}', chain, 0, '', ''
      FROM audit_chainhead, generate_series(1, %s)
"""

AT_A_TIME = 200
"""Events: each writes its history's head anew, which costs more with every one of a transaction."""


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    disk = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"documents": disk}
    settings.FILE_UPLOAD_TEMP_DIR = place / "uploads"
    return place


def test_a_backup_comes_back_whole(transactional_db, folder: Path, tmp_path: Path, claim, scale):
    people = cast.gather()
    review = builders.review_at(Stage.UNDER_WAY, people)
    files = scale(quick=5, whole=150)
    for number in range(files):
        a_file(review, people, number)
    with connection.cursor() as cursor:
        for _ in range(scale(quick=1, whole=100)):
            cursor.execute(COPIES, [AT_A_TIME])

    backup, restored = tmp_path / "backup", tmp_path / "restored"
    with Writers(people, review, scale(quick=2, whole=4)) as writers:
        made = places.manage("backup", backup, database=places.ours(), documents=folder)
    assert made.returncode == 0, made.stderr
    assert not writers.trouble
    assert writers.written, "nobody wrote while it was made"

    with places.empty_database() as empty:
        done = places.manage("restore", backup, database=empty, documents=restored)
        assert done.returncode == 0, done.stdout + done.stderr
        again = tmp_path / "again"
        second = places.manage("backup", again, database=empty, documents=restored)
        assert second.returncode == 0, second.stderr
    before, after = said(backup), said(again)
    differing = [part for part in ("tables", "chains", "files") if before[part] != after[part]]
    rows = sum(int(count) for count, _sum in before["tables"].values())
    claim.measured(
        figure=f"{len(differing)} differences in {rows} rows of {len(before['tables'])} tables, "
        f"{len(before['files'])} files and {len(before['chains'])} heads of histories; "
        f"{writers.written} acts were written beside it; every invariant held",
        holds=not differing and "hold." in done.stdout and len(before["files"]) >= files,
    )


def said(backup: Path):
    return json.loads(json.loads((backup / "manifest.json").read_text())["says"])


def a_file(review, people, number: int) -> None:
    words = f"Minutes of meeting {number}. ".encode() * 200
    builders.a_document(review, people, content=words, file=f"minutes-{number}.txt")
    for stored in StoredFile.objects.filter(done_at__isnull=True):
        process(pk=stored.pk)


class Writers:
    """People who add reviews and documents for as long as the block lasts."""

    def __init__(self, people: cast.Cast, review, number: int) -> None:
        self.people, self.review = people, review
        self.over = threading.Event()
        self.written = 0
        self.trouble: list[Exception] = []
        self.threads = [threading.Thread(target=self._write, args=[at]) for at in range(number)]

    def _write(self, at: int) -> None:
        try:
            while not self.over.wait(0.1):
                builders.a_review(self.people, pseudonym=f"Child {at} {clock.now():%f}")
                builders.a_document(self.review, self.people)
                self.written += 1
        except Exception as error:
            self.trouble.append(error)
        finally:
            connection.close()

    def __enter__(self) -> "Writers":
        for each in self.threads:
            each.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self.over.set()
        for each in self.threads:
            each.join()
