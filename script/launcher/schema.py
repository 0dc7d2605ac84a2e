"""A migrated database, of which every database of a test run is a copy.

Migrating takes a minute of a processor, copying a second. Outside of CI a dump of it is kept beside
the checkout's other state, under a name made of what it follows from: the next run reads it back.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from launcher import postgres, say, venv
from launcher.processes import Company
from launcher.say import Stop
from launcher.state import CHECKOUT, State

NAME = "migrated"
KEPT = 3
"""Dumps: that of this state of the code, and of those before."""


def make(company: Company, place: State, env: Mapping[str, str]) -> str:
    """Returns the database's name. Raises Stop."""
    kept = _kept()
    with _one_at_a_time(kept):
        return _made(company, place, env, kept)


@contextmanager
def _one_at_a_time(kept: Path | None) -> Iterator[None]:
    """Runs that begin together on the same code: one migrates, the others read its dump."""
    if kept is None:
        yield
        return
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(company: Company, place: State, env: Mapping[str, str], kept: Path | None) -> str:
    url = postgres.create(place, NAME)
    if kept and kept.exists() and postgres.read_back(place, NAME, kept):
        return NAME
    say.step("Migrating the database of which the tests have copies")
    command = [str(venv.PYTHON), "manage.py", "migrate", "--verbosity", "0"]
    if company.run(command, env={**env, "DATABASE_URL": url}, cwd=CHECKOUT):
        raise Stop("The migrations did not run through.")
    if kept:
        _keep(place, kept)
    return NAME


def _kept() -> Path | None:
    """A clean clone proves that the migrations run, so CI keeps nothing and reads nothing back."""
    if os.environ.get("CI"):
        return None
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode() + path.read_bytes())
    return CHECKOUT / ".state" / "schemas" / f"{digest.hexdigest()[:24]}.sql"


def _sources() -> list[Path]:
    packages = (
        CHECKOUT / name for name in ("scr_portal", "reviews", "families", "quality_markers")
    )
    migrations = (path for each in packages for path in each.rglob("migrations/*.py"))
    return [*sorted(migrations), *sorted((CHECKOUT / "requirements").glob("*.txt"))]


def _keep(place: State, kept: Path) -> None:
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_text(postgres.dump(place, NAME), encoding="utf-8")
    unfinished.rename(kept)
    older = sorted(kept.parent.glob("*.sql"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in older[KEPT:]:
        path.unlink(missing_ok=True)
        path.with_suffix(".lock").unlink(missing_ok=True)
