"""A file is taken in, scanned and read behind the pages, and swept away where nobody names it."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from scr_portal.audit import operations as audit
from scr_portal.core import clock, outbox
from scr_portal.core.contributions import collect
from scr_portal.core.failures import without_words
from scr_portal.core.reasons import Refused
from scr_portal.documents import names, reading, scanner
from scr_portal.documents.content import inspect
from scr_portal.documents.models import FileText, StoredFile
from scr_portal.documents.storage import PIECE, new_name, older_than, storage

READ_ATTEMPTS = 3
UNNAMED_FOR = timedelta(days=1)

logger = logging.getLogger(__name__)


def store(upload: Any, *, by: Any, board: Any, review_id: UUID | None) -> StoredFile:
    """Take a file in: inspected, hashed, kept whole under a random name. Raises Refused.

    In the caller's transaction. Where that is rolled back the bytes are swept away a day later.
    """
    name = names.cleaned(upload.name or "")
    kind = getattr(upload, "inspected_as", None) or inspect(upload.file, name)
    digest, size = _measure(upload)
    place = _write(upload, name)
    try:
        with transaction.atomic():
            stored = StoredFile.objects.create(
                board=board,
                review_id=review_id,
                name=place,
                original_name=name,
                kind=kind,
                sha256=digest,
                size=size,
                scan=StoredFile.Scan.WAITING if scanner.is_set() else StoredFile.Scan.NOT_SCANNED,
                uploaded_by=by,
                uploaded_at=clock.now(),
            )
    except BaseException:
        storage().delete(place)
        raise
    _nudge(stored)
    return stored


@contextmanager
def storing(upload: Any, *, by: Any, board: Any, review_id: UUID | None) -> Iterator[StoredFile]:
    """``store`` for a block that writes what names the file: where it raises, the bytes go too."""
    with transaction.atomic():
        stored = store(upload, by=by, board=board, review_id=review_id)
        try:
            yield stored
        except BaseException:
            storage().delete(stored.name)
            raise


def _measure(upload: Any) -> tuple[str, int]:
    digest, size = sha256(), 0
    upload.seek(0)
    for piece in upload.chunks(PIECE):
        digest.update(piece)
        size += len(piece)
    upload.seek(0)
    return digest.hexdigest(), size


def _write(upload: Any, name: str) -> str:
    try:
        return storage().save(new_name(), File(upload.file))
    except OSError as error:
        if not is_full(error):
            raise
        raise Refused(no_room(name)) from error


def is_full(error: OSError) -> bool:
    """The disk, what this user may keep on it, or what a process may write."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def no_room(name: str) -> str:
    return _(
        "There is no room left to keep “%(name)s”, so nothing was kept. Tell whoever looks after "
        "the portal, and upload it again later."
    ) % {"name": name}


def opened(stored: StoredFile) -> IO[bytes]:
    return storage().open(stored.name)


def _nudge(stored: StoredFile) -> None:
    from scr_portal.documents import tasks

    outbox.nudge(tasks.process, str(stored.pk))


def process(*, pk: UUID) -> None:
    """Scan and read this one, unless it is done or somebody is at it."""
    for stored in StoredFile.objects.claim(pk=pk, limit=1):
        _carry_out(stored)


def sweep(*, limit: int = 20) -> bool:
    """What no nudge has reached, what the scanner was away for, what a dead worker has left.

    True when there may be more.
    """
    return StoredFile.objects.carry_out(_carry_out, limit=limit)


def _carry_out(stored: StoredFile) -> None:
    try:
        with StoredFile.objects.holding(stored):
            if stored.scan == StoredFile.Scan.WAITING and not _is_clean(stored):
                return
            _read(stored)
    except scanner.ScannerAway as error:
        # It waits for as long as it takes: a file that nobody has scanned is given to nobody.
        logger.error("File %s is not scanned: %s", stored.pk, error)
        StoredFile.objects.fail(stored, type(error).__name__)
    except outbox.DATABASE_AWAY:
        raise
    except Exception as error:
        logger.error("File %s: %s", stored.pk, without_words(error))
        if stored.attempts >= READ_ATTEMPTS:
            _finish(stored, StoredFile.Reading.FAILED, note=type(error).__name__)
        else:
            StoredFile.objects.fail(stored, type(error).__name__)


def _is_clean(stored: StoredFile) -> bool:
    with opened(stored) as file:
        found = scanner.verdict(iter(lambda: file.read(PIECE), b""))
    if found:
        _refuse(stored, found)
        return False
    kept = StoredFile.objects.held(stored).update(scan=StoredFile.Scan.CLEAN)
    return bool(kept)


def infected(upload: Any) -> str:
    """What the scanner finds in a file that is read at once and not kept; nothing if it is clean.

    Raises Refused while a scanner is set up and does not answer.
    """
    if not scanner.is_set():
        return ""
    upload.seek(0)
    try:
        return scanner.verdict(upload.chunks(PIECE))
    except scanner.ScannerAway as error:
        logger.error("A file is not scanned: %s", error)
        raise Refused(
            _(
                "The file can’t be scanned just now, so nothing of it was read. Try again in a few "
                "minutes."
            )
        ) from error
    finally:
        upload.seek(0)


def _refuse(stored: StoredFile, found: str) -> None:
    """The verdict and its history first: bytes that are gone without one would be a riddle."""
    with transaction.atomic():
        refused = StoredFile.objects.finish(
            stored.pk,
            scan=StoredFile.Scan.REFUSED,
            scan_note=found,
            reading=StoredFile.Reading.NOTHING,
        )
        if refused:
            # Its name is for those who may read the document, and a history for others too.
            audit.record(
                kind=audit.Event.FILE_REFUSED,
                by=None,
                target=stored,
                label=str(stored.get_kind_display()),
                changes={"found": found},
            )
            collect("file_refused", stored)
    storage().delete(stored.name)


def _read(stored: StoredFile) -> None:
    with opened(stored) as file:
        text, state = reading.read(getattr(file, "file", file), stored.kind)
    _finish(stored, state, text=text)


def _finish(
    stored: StoredFile, state: StoredFile.Reading, *, text: str = "", note: str = ""
) -> None:
    with transaction.atomic():
        if StoredFile.objects.finish(stored.pk, note=note, reading=state) and text:
            _keep(stored, text)


def _keep(stored: StoredFile, text: str) -> None:
    """PostgreSQL holds a megabyte of different words of one text; of more, the beginning."""
    while text:
        try:
            with transaction.atomic():
                FileText.objects.create(file=stored, text=text)
            return
        except DatabaseError:
            text = text[: len(text) // 2]


def remove_unnamed() -> int:
    """What a killed upload or a rolled back act has left; returns how many files were removed.

    A refused file too, where the worker was killed between its verdict and the bytes' end.
    """
    removed = 0
    kept = StoredFile.objects.exclude(scan=StoredFile.Scan.REFUSED)
    for batch in _batches(older_than(timezone.now() - UNNAMED_FOR)):
        named = set(kept.filter(name__in=batch).values_list("name", flat=True))
        for name in set(batch) - named:
            storage().delete(name)
            removed += 1
    return removed


def _batches(found: Iterator[str], size: int = 500) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in found:
        batch.append(name)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
