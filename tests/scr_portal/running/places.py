"""Empty databases beside the test's own, to restore into, and the commands as processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
from django.db import connection

from tests.processes import ROOT


def address(name: str) -> str:
    """Of a database of the test's own server, as its owner."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def ours() -> str:
    return address(connection.settings_dict["NAME"])


@contextmanager
def by_hand(url: str) -> Iterator[psycopg2.extensions.cursor]:
    """Each statement by itself, as CREATE DATABASE wants it."""
    own = psycopg2.connect(url)
    own.autocommit = True
    try:
        with own.cursor() as cursor:
            yield cursor
    finally:
        own.close()


@contextmanager
def empty_database() -> Iterator[str]:
    name = f"restored_{uuid4().hex[:8]}"
    with by_hand(ours()) as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield address(name)
    finally:
        with by_hand(ours()) as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(
    command: str, *arguments: object, database: str, documents: Path, **env: str
) -> subprocess.CompletedProcess[str]:
    given = {"DATABASE_URL": database, "DOCUMENTS_ROOT": str(documents), **env}
    return subprocess.run(
        [sys.executable, "manage.py", command, *map(str, arguments)],
        env={**os.environ, **given},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
