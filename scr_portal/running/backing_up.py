"""A backup of one moment while people go on working.

The database is dumped as one snapshot saw it. Files are written once and never altered, and a row
names its file only when that is whole, so those that the snapshot names are copied after it.
"""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.storage import Storage
from django.utils import timezone

from scr_portal.documents.storage import PIECE, storage
from scr_portal.running import database, manifest
from scr_portal.running.manifest import DUMP, FILES, Manifest, NotWhole

ATTEMPTS = 3


class WasRemoved(Exception):
    """A file that the snapshot names was destroyed, or refused, before it was copied."""


def back_up(target: Path) -> Manifest:
    """Into a folder that is not there yet; it has its name only when all of it is in it.

    Raises NotWhole and database.ToolFailed.
    """
    if target.exists():
        raise NotWhole(f"{target} is there already: nothing was written.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    for _attempt in range(ATTEMPTS):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        try:
            made = _written(unfinished)
        except WasRemoved:
            continue
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        made.write(unfinished)
        _flush(unfinished)
        unfinished.rename(target)
        return made
    shutil.rmtree(unfinished, ignore_errors=True)
    raise NotWhole("Files went while they were copied, three times over: try again later.")


def _written(folder: Path) -> Manifest:
    with database.snapshot() as (cursor, name):
        left_out = [f"--exclude-table-data={table}" for table in database.LEFT_OUT]
        where = [f"--snapshot={name}", f"--file={folder / DUMP}"]
        with database.begun("pg_dump", "--format=custom", "--no-owner", *where, *left_out):
            made = Manifest(
                made_at=timezone.now().isoformat(timespec="seconds"),
                server=_server(cursor),
                migrations=database.migrations(cursor),
                tables=database.sums(cursor),
                chains=database.chains(cursor),
                dump="",
                keys=manifest.marks(),
            )
            named = _named(cursor)
    made.dump = manifest.digest(folder / DUMP)
    for each in named:
        made.files[each.name] = _copied(storage(), each, folder / FILES)
    return made


def _server(cursor: Any) -> str:
    cursor.execute("SHOW server_version")
    return str(cursor.fetchone()[0])


class Named(NamedTuple):
    """A file as its row has it."""

    name: str
    size: int
    sha256: str


def _named(cursor: Any) -> list[Named]:
    cursor.execute(
        "SELECT name, size, sha256 FROM documents_storedfile WHERE scan <> 'refused' ORDER BY name"
    )
    return [Named(*row) for row in cursor.fetchall()]


def _copied(place: Storage, file: Named, folder: Path) -> list[Any]:
    """Raises WasRemoved, and NotWhole for one that is not what was uploaded."""
    target = folder / file.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    summed = hashlib.sha256()
    try:
        with place.open(file.name) as source, target.open("wb") as out:
            for piece in source.chunks(PIECE):
                summed.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    except FileNotFoundError as error:
        if _is_kept(file.name):
            raise NotWhole(f"The file {file.name} is missing: nothing was kept.") from error
        raise WasRemoved from error
    if summed.hexdigest() != file.sha256:
        raise NotWhole(f"The file {file.name} is not what was uploaded: nothing was kept.")
    return [file.size, file.sha256]


def _is_kept(name: str) -> bool:
    with database.snapshot() as (cursor, _name):
        return name in {file.name for file in _named(cursor)}


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
