"""Bytes and rows belong together: neither is there without the other."""

from hashlib import file_digest

from django.utils import timezone

from scr_portal.core.invariants import Invariant, found
from scr_portal.documents.models import StoredFile
from scr_portal.documents.operations import UNNAMED_FOR, opened
from scr_portal.documents.storage import names, storage

GRACE = UNNAMED_FOR * 2
"""What no row names is swept away an hour after its day at the latest."""


def invariants() -> list[Invariant]:
    return [
        Invariant("files", "Every document has its file, and every file its document", _orphans),
        Invariant("texts", "Every file that was read has its text, and no other has", _texts),
        Invariant("file contents", "Every file is what was uploaded", altered, True),
    ]


def kept() -> dict[str, str]:
    """Number by name in the storage, of files whose bytes must be there."""
    rows = StoredFile.objects.exclude(scan=StoredFile.Scan.REFUSED)
    return {name: str(pk) for name, pk in rows.values_list("name", "pk").iterator()}


def _orphans() -> list[str]:
    there, named = set(names()), kept()
    lost = [f"file {pk} is missing" for name, pk in named.items() if name not in there]
    # What is on its way is no orphan yet, and what came while we looked has its row by now.
    old = [name for name in there - named.keys() if _is_old(name)]
    return lost + [f"{name} belongs to no document" for name in sorted(set(old) - kept().keys())]


def _is_old(name: str) -> bool:
    try:
        return storage().get_modified_time(name) < timezone.now() - GRACE
    except FileNotFoundError:
        return False


def _texts() -> list[str]:
    return found(
        "SELECT 'file ' || file.id || CASE WHEN said.file_id IS NULL"
        " THEN ' has lost its text' ELSE ' has a text that was not read from it' END"
        " FROM documents_storedfile file"
        " LEFT JOIN documents_filetext said ON said.file_id = file.id"
        " WHERE said.file_id IS NOT NULL AND reading NOT IN ('done', 'partly')"
        " OR said.file_id IS NULL AND reading IN ('done', 'partly')"
    )


def altered() -> list[str]:
    rows = StoredFile.objects.exclude(scan=StoredFile.Scan.REFUSED).order_by("uploaded_at", "pk")
    return [f"file {row.pk} is missing or altered" for row in rows.iterator() if not _is_whole(row)]


def _is_whole(stored: StoredFile) -> bool:
    try:
        with opened(stored) as file:
            return file_digest(file, "sha256").hexdigest() == stored.sha256  # type: ignore[arg-type]
    except FileNotFoundError:
        return False
