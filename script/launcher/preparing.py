"""Database and static files before each start of the portal, where something has changed.

Loading Django to find that there is nothing to do takes longer than everything else of a start.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launcher import embedded, environment, say, venv
from launcher.processes import Company
from launcher.state import CHECKOUT, State

READ = ("scr_portal", "reviews", "families", "quality_markers", "static", "templates", "script")
ALSO = ("requirements", "manage.py")


def prepare(company: Company, place: State, env: dict[str, str]) -> Path:
    """Returns a file that says who may sign in. Raises Stop."""
    sign_ins = place.root / "sign-ins.txt"
    made_of = _made_of(place)
    there = sign_ins.exists() and (place.root / "static").exists()
    if there and made_of and made_of == _left_by_the_last(place):
        return sign_ins
    _run(company, place, env, sign_ins)
    place.prepared.write_text(made_of)
    return sign_ins


def _run(company: Company, place: State, env: dict[str, str], sign_ins: Path) -> None:
    """One process for everything that needs Django."""
    paths = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "script")])
    command: list[Any] = [venv.PYTHON, "-m", "launcher.prepare", sign_ins]
    log = place.log("prepare")
    if company.run(
        command, env={**environment.as_owner(env), "PYTHONPATH": paths}, cwd=CHECKOUT, errors=log
    ):
        company.check()
        what = f"The database could not be prepared. {log} ends:"
        say.failed(what, log.read_text(errors="replace"), place.servers)


def _left_by_the_last(place: State) -> str:
    return place.prepared.read_text() if place.prepared.exists() else ""


def _made_of(place: State) -> str:
    """Of every file's name, size and time, and of the database; empty for one of somebody's own."""
    if "DATABASE_URL" not in embedded.needed():
        return ""
    cluster = place.servers / "data" / "PG_VERSION"
    digest = hashlib.sha256()
    for path in (cluster, *_files()):
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    roots = [CHECKOUT / name for name in (*READ, *ALSO)]
    for root in roots:
        found = root.rglob("*") if root.is_dir() else [root]
        yield from sorted(path for path in found if path.is_file() and path.suffix != ".pyc")
