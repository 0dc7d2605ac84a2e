"""The whole portal as `script/server` serves it, for the journeys alone.

It has a database and a Valkey number of its own beside those of the other tests, and a mail server
that keeps what it is given.
"""

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis
from aiosmtpd.controller import Controller

from quality_markers.catalogue.book import Book
from quality_markers.catalogue.operations import read_published
from scr_portal.demonstration.loading import sign_ins
from tests.processes import ROOT, Processes, free_port
from tests.quality_markers.catalogue import invented

PUBLISHED = ROOT.parent / "shared" / "domain" / "quality-markers-2016.txt"
"""Where the real publication lies beside a checkout, which it does not everywhere."""
FIRST_NUMBER = 9
"""Of Valkey's 16 databases; tests/processes.py counts from 1."""


@dataclass
class Post:
    """A real SMTP server."""

    port: int = field(default_factory=free_port)
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(message)  # type: ignore[arg-type]
        return "250 OK"

    def to(self, email: str) -> list[EmailMessage]:
        return [message for message in self.taken if message["To"] == email]

    @contextmanager
    def open(self) -> Iterator["Post"]:
        # Its every line would be in every report.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()


@dataclass
class Portal:
    folder: Path
    processes: Processes
    post: Post

    @property
    def address(self) -> str:
        return self.processes.address

    def manage(self, *command: str) -> None:
        self._python("manage.py", *command)

    def prepare(self) -> None:
        """As the launcher does: migrated, static files collected, the demonstration loaded."""
        paths = os.pathsep.join([str(ROOT), str(ROOT / "script")])
        self._python("-m", "launcher.prepare", str(self.folder / "sign-ins"), PYTHONPATH=paths)
        self.manage("import_quality_markers", str(self.publication))

    def _python(self, *command: str, **env: str) -> None:
        done = subprocess.run(
            [sys.executable, *command],
            env=self.processes.env | env,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @cached_property
    def publication(self) -> Path:
        """The real one, or else an invented one in the same layout."""
        if PUBLISHED.exists():
            return PUBLISHED
        path = self.folder / "lighthouses.txt"
        path.write_text(invented.text(), encoding="utf-8")
        return path

    @cached_property
    def book(self) -> Book:
        """What the imported catalogue asks."""
        return read_published(content=self.publication.read_bytes())

    def start(self) -> None:
        self.processes.web()
        self.processes.worker()
        self.processes.beat()


@contextmanager
def serve(folder: Path) -> Iterator[Portal]:
    number = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    valkey = _valkey(FIRST_NUMBER + number)
    redis.Redis.from_url(valkey).flushdb()
    with Post().open() as post, _database(f"journeys_{number}") as database:
        env = {
            "DATABASE_URL": database,
            "REDIS_URL": valkey,
            "STATIC_ROOT": str(folder / "static"),
            "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
            "DEMONSTRATION": "1",
        }
        with Processes(folder, **env) as processes:
            portal = Portal(folder, processes, post)
            portal.prepare()
            portal.start()
            yield portal


def _valkey(number: int) -> str:
    url = os.environ["REDIS_URL"].partition("?")[0]
    return f"{url}?db={number}" if url.startswith("unix:") else f"{url.rstrip('/')}/{number}"


@contextmanager
def _database(name: str) -> Iterator[str]:
    _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    template = os.environ.get("TEST_TEMPLATE", "template1")
    _sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _sql(statement: str) -> None:
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


@cache
def sign_in_of(who: str) -> tuple[str, str]:
    """Email address and password of one of the demonstration's people, by what they are."""
    return next((email, word) for what, email, word in sign_ins() if what.startswith(who))
