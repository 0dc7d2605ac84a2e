"""Where the bytes lie: a closed folder, or a bucket. ``settings.STORAGES["documents"]`` says which.

A name is drawn at random and says nothing. A file appears under its name only when it is whole.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages

PIECE = 256 * 1024
ROOM = "documents"


def storage() -> Storage:
    return storages[ROOM]


def new_name() -> str:
    """256 folders, so that none grows too long to be listed."""
    drawn = secrets.token_hex(20)
    return f"{drawn[:2]}/{drawn}"


def scratch() -> Path:
    """A closed folder for what has no name yet, on the disk of the documents."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def names() -> Iterator[str]:
    """Of whatever lies there, unfinished writes included."""
    place = storage()
    for folder in place.listdir("")[0]:
        for file in place.listdir(folder)[1]:
            yield f"{folder}/{file}"


def older_than(moment: datetime) -> Iterator[str]:
    """Names of what has lain there since before ``moment``."""
    yield from (name for name in names() if storage().get_modified_time(name) < moment)


class DiskStorage(FileSystemStorage):
    """Closed to every other user of the machine; written aside, then moved into place."""

    UNFINISHED = "unfinished"

    def __init__(self, location: str, **options: Any) -> None:
        super().__init__(
            location=location,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
            **options,
        )

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return super().listdir(path) if Path(self.path(path)).exists() else ([], [])

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        aside = Path(self.path(f"{self.UNFINISHED}/{target.name}"))
        _closed(Path(self.location), aside.parent, target.parent)
        try:
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                _write(content, out)
            aside.rename(target)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        _flush(target.parent)
        return name


def _closed(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write(content: Any, out: IO[bytes]) -> None:
    for piece in content.chunks(PIECE):
        out.write(piece)
    out.flush()
    os.fsync(out.fileno())


def _flush(folder: Path) -> None:
    """The name too must survive a power cut that comes after the commit."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
