"""A backup brought back into an empty place, and compared with what it was made of."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection

from scr_portal.documents.storage import names, storage
from scr_portal.running import database, manifest
from scr_portal.running.manifest import DUMP, FILES, Manifest, NotWhole

Tell = Callable[[str], Any]


def restore(source: Path, tell: Tell) -> Manifest:
    """Raises NotWhole and database.ToolFailed; until the comparison nothing is said to be there."""
    made = manifest.read(source)
    _require_empty()
    tell("Reading the backup through")
    _require_whole(source, made)
    with _or_none(made.files):
        tell(f"Copying {len(made.files)} files")
        _copy(source / FILES, made.files)
        tell(f"Reading {len(made.tables)} tables back")
        database.make_role()
        options = ["--single-transaction", "--exit-on-error", "--no-owner"]
        database.run("pg_restore", *options, source / DUMP)
    tell("Comparing")
    if differing := list(_differences(made)):
        raise NotWhole("What was restored is not what was backed up: " + "; ".join(differing))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _require_empty() -> None:
    if not database.is_empty():
        raise NotWhole("The database has tables: a backup is restored into an empty one alone.")
    if next(names(), None):
        raise NotWhole("The place of the documents holds files: it must be empty.")


def _require_whole(source: Path, made: Manifest) -> None:
    for name, expected in [(DUMP, made.dump), *_sums_of(made)]:
        path = source / name
        if not path.is_file() or manifest.digest(path) != expected:
            raise NotWhole(f"{path} is missing or altered: nothing was restored.")


def _sums_of(made: Manifest) -> Iterable[tuple[str, str]]:
    return ((f"{FILES}/{name}", sha256) for name, (_size, sha256) in made.files.items())


@contextmanager
def _or_none(files: Iterable[str]) -> Any:
    """Where the database can't be read back, which it is as a whole, no file stays either."""
    try:
        yield
    except BaseException:
        for name in files:
            storage().delete(name)
        raise


def _copy(folder: Path, files: Iterable[str]) -> None:
    for name in files:
        with (folder / name).open("rb") as source:
            kept = storage().save(name, File(source))
        if kept != name:
            raise NotWhole(f"The file {name} came to lie under another name.")


def _differences(made: Manifest) -> Iterable[str]:
    with database.snapshot() as (cursor, _name):
        found = database.sums(cursor)
        if database.chains(cursor) != made.chains:
            yield "the heads of the histories"
        if database.migrations(cursor) != made.migrations:
            yield "the migrations"
    yield from sorted(t for t in found.keys() | made.tables.keys() if _other(t, found, made))
    there = set(names())
    if there != made.files.keys():
        yield "the list of files"
    yield from (name for name, sha256 in made.files.items() if not _is(name, sha256[1], there))


def _other(table: str, found: database.Sums, made: Manifest) -> bool:
    return found.get(table) != made.tables.get(table)


def _is(name: str, sha256: str, there: set[str]) -> bool:
    if name not in there:
        return False
    with storage().open(name) as file:
        return file_digest(file, "sha256").hexdigest() == sha256  # type: ignore[arg-type]
