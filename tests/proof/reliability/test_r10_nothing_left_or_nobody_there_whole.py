"""The disk of the documents is full, the database's is; nobody scans, and nobody takes mail."""

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections

from quality_markers.assessments.models import Answer
from reviews.documents.models import DocumentVersion
from scr_portal.audit import verify
from scr_portal.core.invariants import every
from scr_portal.documents.models import StoredFile
from scr_portal.notifications.models import Notification
from tests.processes import until
from tests.proof.frame import Claim
from tests.proof.post import Post
from tests.proof.reliability.seeded import Seeded, seed
from tests.proof.servers import Kept, Servers, this_process_on
from tests.proof.visitor import Visitor
from tests.scr_portal.documents.conftest import Daemon

CLAIM = Claim(
    id="R10",
    says="A full disk, a scanner and a mail server that are away are said, and lose nothing",
    how="Disks of a few megabytes are filled under a running portal, under the documents and under "
    "PostgreSQL; files are uploaded and answers saved over HTTP; no scanner and no mail server "
    "answers until the end",
    goal="a clear message, queued or refused, nothing lost",
)
SAVES = 60
MEGABYTE = 1024 * 1024
NO_ROOM = "There is no room left to keep"
TRACES = ("Traceback", "psycopg2", "OperationalError")


@pytest.mark.timeout(900)
def test_full_disks_and_servers_that_are_away(claim, tmp_path: Path, django_db_blocker):
    post, servers, documents = Post(), Servers(), tmp_path / "documents"
    scanner = tmp_path / "clamd"
    with disk(servers.place.servers, 250), disk(documents, 4), servers.migrated():
        portal = Kept(
            servers,
            tmp_path / "portal",
            EMAIL_URL=post.url,
            CLAMAV_SOCKET=f"unix:{scanner}",
            DOCUMENTS_ROOT=str(documents),
        )
        with this_process_on(servers, django_db_blocker), portal:
            seeded = seed(reviews=2)
            portal.keep("web", "worker", "beat")
            unit = Visitor(portal.address, seeded.cast.unit)
            refused = documents_are_full(unit, seeded, documents)
            waiting = without_a_scanner(unit, seeded)
            lost, unclear = database_is_full(portal, seeded, servers.place.servers)
            rows = Notification.objects.filter(done_at=None).count()
            clean, sent = all_comes_back(post, scanner)
            # Where the portal's files lie, this process does not know.
            looked_at = [each for each in every() if not each.thorough and each.name != "files"]
            broken = [each.name for each in looked_at if each.find()]
    claim.measured(
        figure=f"{refused} of 6 uploads to a full disk refused with a sentence, {waiting} files "
        f"waited for the scanner and {clean} were scanned, {rows} mails waited and {sent} went; "
        f"with the database's disk full {lost} of {SAVES} saves lost, {unclear} unclear answers; "
        f"{len(broken)} of {len(looked_at)} invariants broken {' '.join(broken)}",
        holds=refused == 6
        and waiting == clean == 2
        and rows > 0
        and rows == sent
        and not (lost or unclear or broken or post_twice(post)),
    )


def documents_are_full(unit: Visitor, seeded: Seeded, documents: Path) -> int:
    """Large and small: the first bytes find no room, or the last ones."""
    refused = 0
    with filled(documents):
        for size in (10, 5_000, 9_000, 100_000, 300_000, MEGABYTE):
            answer = upload(unit, seeded, b"%PDF-1.4\n" + b"x" * size)
            refused += NO_ROOM in answer.body and answer.status < 500
    assert not StoredFile.objects.exists()
    return refused


def without_a_scanner(unit: Visitor, seeded: Seeded) -> int:
    """Let in, read by nobody, and given to nobody."""
    for number in range(2):
        assert upload(unit, seeded, f"Minutes {number}.".encode(), "minutes.txt").status == 302
    waiting = StoredFile.objects.filter(scan="waiting")
    for version in DocumentVersion.objects.select_related("document"):
        path = f"{version.document.get_absolute_url()}/{version.number}"
        assert unit.get(path).status in {302, 403, 404, 409}, path
    return waiting.count()


def database_is_full(portal: Kept, seeded: Seeded, place: Path) -> tuple[int, int]:
    """Saves before, in and after it; each that was acknowledged must be there in the end."""
    lead = Visitor(portal.address, seeded.cast.lead)
    kept: dict[str, str] = {}
    unclear = 0
    half = SAVES // 2
    with filled(place):
        for number in range(half):
            unclear += save(lead, seeded, number, kept)
    until(lambda: save(lead, seeded, half, kept) == 0 and len(kept) > 0, "the database", 120)
    for number in range(half, SAVES):
        unclear += save(lead, seeded, number, kept)
    assert verify.first_break() is None
    found = dict(Answer.objects.exclude(narrative="").values_list("narrative", "pk"))
    return sum(words not in found for words in kept.values()), unclear


def save(lead: Visitor, seeded: Seeded, number: int, kept: dict[str, str]) -> int:
    """1 where the answer is neither a yes nor a clear no."""
    question, words = seeded.questions[number], f"Words {number} {uuid4().hex}" + "x" * 20_000
    path = seeded.address(seeded.passes[0], question)
    version = Answer.objects.filter(assessment=seeded.passes[0], question=question)
    try:
        stands = version.values_list("version", flat=True).first() or 0
        fields = {"narrative": words, "version": stands}
        answer = lead.post(path, fields, Accept="application/json")
    except Exception:
        connections.close_all()
        return 0  # nobody was told that it was saved
    if answer.status == 200:
        kept[path] = words
    return int(any(trace in answer.body for trace in TRACES))


def all_comes_back(post: Post, scanner: Path) -> tuple[int, int]:
    with post.open(), listening(scanner):
        done = Notification.objects.filter(done_at=None)
        until(lambda: not done.exists(), "the mail", 240)
        StoredFile.objects.filter(done_at=None).update(not_before="2026-01-01T00:00:00Z")
        until(lambda: not StoredFile.objects.filter(done_at=None).exists(), "the scanner", 120)
    return StoredFile.objects.filter(scan="clean").count(), len(post.taken)


def post_twice(post: Post) -> int:
    return sum(times > 1 for times in post.taken.values())


def upload(unit: Visitor, seeded: Seeded, content: bytes, name: str = "minutes.pdf"):
    review = seeded.reviews[0]
    fields = {
        "title": "Minutes",
        "kind": "minutes",
        "marking": "sensitive",
        "permission": "reviews.read_documents",
        "owner": str(unit.user.pk),
        "token": uuid4().hex,
    }
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
    return unit.send(
        f"{review.get_absolute_url()}documents/new", body, f"multipart/form-data; boundary={edge}"
    )


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[None]:
    """A small one, mounted there. It needs root, as containers that run proofs have it."""
    place.mkdir(parents=True, exist_ok=True)
    stands = place.stat()
    options = f"size={megabytes}m,uid={stands.st_uid},gid={stands.st_gid},mode=0700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=False)


@contextmanager
def filled(place: Path) -> Iterator[None]:
    ballast = place / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * MEGABYTE):
            pass
    assert os.statvfs(place).f_bavail == 0
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def listening(path: Path) -> Iterator[None]:
    daemon = Daemon(path, answer=b"stream: OK")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        threading.Thread(target=daemon.serve, args=[server], daemon=True).start()
        yield
