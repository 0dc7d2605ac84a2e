"""The real thing for tests: gunicorn, worker and beat as children, on the test's own database.

Their Valkey is a numbered database for each xdist worker, so that no run takes another's messages.
"""

import os
import re
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import redis
from django.db import connection
from launcher import postgres
from launcher.guard import signal_group
from launcher.processes import Child, Company

from scr_portal import env as environment
from scr_portal.celery import app

ROOT = Path(__file__).resolve().parent.parent
CELERY = ["-m", "celery", "--app", "scr_portal.celery"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def until(condition: Callable[[], Any], what: str = "", seconds: float = 20) -> Any:
    """Look again and again; returns what was found. Raises AssertionError when it is late."""
    limit = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < limit, f"{what or condition} took longer than {seconds} s"
        time.sleep(0.05)
    return found


def database_url() -> str:
    """Of the test database, which pytest-django has named, as the portal's processes get it."""
    url = urlsplit(os.environ["DATABASE_URL"])
    own = url._replace(path="/" + connection.settings_dict["NAME"]).geturl()
    return postgres.for_application(own)


def valkey_url() -> str:
    """Database 1 upwards: 0 is where tests without processes leave their nudges."""
    number = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0) + 1
    url = os.environ["REDIS_URL"].partition("?")[0]
    return f"{url}?db={number}" if url.startswith("unix:") else f"{url.rstrip('/')}/{number}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Processes:
    """``address`` is where ``web()`` answers. What is in ``env`` goes to the children as it is."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.company = Company()
        self.address = f"http://127.0.0.1:{free_port()}"
        self.env = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "REDIS_URL": valkey_url(),
            "PORTAL_URL": self.address,
            "EMAIL_URL": "dummymail://",
            "PYTHONUNBUFFERED": "1",
            **env,
        }

    def web(self, *, wait: bool = True) -> Child:
        """Returns when it answers; the static files are collected first."""
        self.env.setdefault("STATIC_ROOT", str(self.folder / "static"))
        if not Path(self.env["STATIC_ROOT"]).exists():
            collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
            assert self.company.run(collect, env=self.env, cwd=ROOT) == 0
        where = self.address.removeprefix("http://")
        gunicorn = ["-m", "gunicorn", "--bind", where, "--workers", "2", "--no-control-socket"]
        # As in the launcher: a browser's idle connections may not hold up a process each.
        threads = ["--worker-class", "gthread", "--threads", "8"]
        child = self._start("web", [*gunicorn, *threads, "scr_portal.wsgi"])
        if wait:
            until(self._answers, f"the web server ({self.log('web')})", 40)
        return child

    def worker(self, concurrency: int = 1, *, wait: bool = True) -> Child:
        """Returns when it takes messages."""
        command = [*CELERY, "worker", "--loglevel", "INFO", "--concurrency", str(concurrency)]
        seen = self.log("worker").count(" ready.")
        child = self._start("worker", [*command, *QUIET])
        if wait:
            until(lambda: self.log("worker").count(" ready.") > seen, "the worker", 40)
        return child

    def beat(self, *, wait: bool = True) -> Child:
        return self._start("beat", [*CELERY, "beat", "--pidfile=", "--loglevel", "INFO"])

    def _start(self, name: str, command: list[str]) -> Child:
        log = self.folder / f"{name}.log"
        return self.company.start(name, [sys.executable, *command], log=log, env=self.env, cwd=ROOT)

    def kill(self, child: Child) -> None:
        """With -9, pool and all, as the kernel does when memory runs out."""
        signal_group(child.process.pid, signal.SIGKILL)
        child.process.wait()

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _answers(self) -> bool:
        self.company.check()
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=10):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        """At once: there is nothing to keep, and a worker takes seconds to say good-bye."""
        for child in self.company.children:
            self.kill(child)
        self.company.close()


@contextmanager
def own_broker(url: str | None = None) -> Iterator[None]:
    """This process nudges the children's worker too, and begins with nothing in the queue."""
    before = app.conf.broker_url
    if url is None:
        redis.Redis.from_url(valkey_url()).flushdb()
    _use(url or environment.broker(valkey_url()))
    try:
        yield
    finally:
        _use(before)


def _use(url: str) -> None:
    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = url
    app._pool = None
    app.amqp._producer_pool = None
    app.amqp.__dict__.pop("producer_pool", None)
