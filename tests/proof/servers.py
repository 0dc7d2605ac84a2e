"""Servers of one proof's own, to be killed, and the portal's processes on them.

This PostgreSQL keeps what it has promised, unlike that of the other tests: what is acknowledged
must be there after a kill. Valkey keeps nothing, as everywhere.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import environ
import psutil
from django.db import connection, connections
from launcher import account, environment, postgres, schema, state, valkey
from launcher.processes import Child, Company

from tests.processes import Processes, until

PATIENCE = 180
"""Seconds for the first start, on a machine that runs all of the proofs at once."""


class Servers:
    """``kill("PostgreSQL")`` takes it away with -9; ``start_postgres()`` brings it back."""

    def __init__(self) -> None:
        self.place = state.thrown_away(account.for_servers())
        self.company = Company(remove=self.place.root)
        self.env: dict[str, str] = {}

    def migrated(self) -> Self:
        """Both, and a database in which all migrations have run."""
        url = postgres.start(self.company, self.place, keep=True)
        self.env = environment.for_portal(self.place.root) | {
            "DATABASE_URL": url,
            "REDIS_URL": self.start_valkey(),
        }
        whole = url.replace(f"/{postgres.NAME}?", f"/{self._schema()}?")
        self.env["DATABASE_URL"] = postgres.for_application(whole)
        return self

    def _schema(self) -> str:
        """As this run's other tests have it; made where there are none, as for the soak."""
        there = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query).get("host")
        if not there or not (name := os.environ.get("TEST_TEMPLATE")):
            return schema.make(self.company, self.place, self.env)
        dump = self.place.root / "schema.sql"
        dump.write_text(postgres.dump(replace(self.place, sockets=Path(there[0])), name))
        postgres.create(self.place, name)
        assert postgres.read_back(self.place, name, dump)
        return name

    def start_postgres(self) -> None:
        postgres.start(self.company, self.place, keep=True)

    def start_valkey(self) -> str:
        return valkey.start(self.company, self.place)

    def child(self, name: str) -> Child:
        return next(child for child in self.company.children if child.name == name)

    def kill(self, name: str) -> None:
        """Every process of it at once, as a machine that loses power stops them."""
        child = self.child(name)
        self.company.children.remove(child)
        kill_all(child.process.pid)
        child.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        for child in list(self.company.children):
            self.kill(child.name)
        self.company.close()
        shutil.rmtree(self.place.root, ignore_errors=True)


def kill_all(pid: int) -> None:
    """With -9: first those that could tidy up, last the one that would start them again."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        found = [parent, *parent.children(recursive=True)]
        for each in found:
            with suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)
        psutil.wait_procs(found[1:], timeout=10)


@contextmanager
def this_process_on(servers: Servers, blocker: Any) -> Iterator[None]:
    """The proof's own Django speaks to the same database as the children."""
    kept = dict(connection.settings_dict)
    connections.close_all()
    here = environ.Env.db_url_config(servers.env["DATABASE_URL"])
    options = connection.settings_dict["OPTIONS"] | here["OPTIONS"]
    connection.settings_dict.update(here | {"OPTIONS": options})
    try:
        with blocker.unblock():
            yield
    finally:
        connections.close_all()
        connection.settings_dict.clear()
        connection.settings_dict.update(kept)


class Kept(Processes):
    """Processes that somebody looks after, as compose does: what dies is started again."""

    def __init__(self, servers: Servers, folder: Path, **env: str) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder, **{**servers.env, "DEMONSTRATION": "1", **env})
        self.begin = {"web": self.web, "worker": partial(self.worker, 2), "beat": self.beat}
        self.running: dict[str, Child] = {}
        self.died_alone: list[str] = []
        """Whatever ended without having been killed."""
        self._over = Event()
        self._lock = RLock()
        self._keeper = Thread(target=self._look_after, daemon=True)

    def keep(self, *names: str) -> None:
        """Begun now, and again whenever one is gone."""
        for name in names:
            self.running[name] = self.begin[name](wait=False)
        if "web" in names:
            until(self._answers, f"the web server ({self.log('web')})", PATIENCE)
        if "worker" in names:
            until(lambda: " ready." in self.log("worker"), "the worker", PATIENCE)
        self._keeper.start()

    def kill_one(self, name: str) -> None:
        """With -9. It is begun again at once."""
        with self._lock:
            child = self.running[name]
            kill_all(child.process.pid)
            child.process.wait()
            self._begin_again(name)

    def _begin_again(self, name: str) -> None:
        with suppress(ValueError):
            self.company.children.remove(self.running[name])
        self.running[name] = self.begin[name](wait=False)

    def _look_after(self) -> None:
        while not self._over.wait(0.5):
            with self._lock:
                for name, child in list(self.running.items()):
                    if child.died():
                        self.died_alone.append(name)
                        self._begin_again(name)

    def __exit__(self, *trouble: object) -> None:
        self._over.set()
        if self._keeper.is_alive():
            self._keeper.join()
        for child in self.company.children:
            kill_all(child.process.pid)
            child.process.wait()
        self.company.close()


def patiently(act: Callable[[], Any], *, seconds: float = 60) -> Any:
    """An act of this process's own while the database may be away: again until it is done."""
    limit = time.monotonic() + seconds
    while True:
        try:
            return act()
        except Exception:
            connections.close_all()
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)
