"""Gunicorn with sync workers, and somebody who asks it over HTTP, in turn with somebody else."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import psutil

WORKERS = 2
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Web:
    """One application behind gunicorn, until the block ends."""

    def __init__(self, application: str, env: Mapping[str, str], log: Path, *more: str) -> None:
        self.port = free_port()
        self.log = log
        options = ["--workers", str(WORKERS), "--worker-class", "sync", "--no-control-socket"]
        self.command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}"]
        self.command += [*options, *more, application]
        self.env = dict(env)

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(self.command, env=self.env, stdout=log, stderr=log)
        limit = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(self.log.read_text())
            time.sleep(0.1)
        return self

    def __exit__(self, *trouble: object) -> None:
        self.process.terminate()
        self.process.wait(20)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def memory(self) -> list[tuple[float, float]]:
        """Of each worker, in MB: its share of what it holds (PSS), and all of that (RSS).

        A page that three processes hold counts as a third of a page in the share of each, so that
        the shares add up to what the machine has given away.
        """
        return [memory_of(child) for child in psutil.Process(self.process.pid).children()]


def memory_of(process: psutil.Process) -> tuple[float, float]:
    """As ``Web.memory`` has it of each."""
    found = process.memory_full_info()
    return found.pss / 2**20, found.rss / 2**20


def memory_in_words(share: float, whole: float) -> str:
    return f"{share:.0f} MB, and {whole:.0f} MB with what all share counted in each"


@dataclass(frozen=True)
class Browser:
    """A person's session as it comes from behind a proxy that ends TLS."""

    port: int
    session: str = ""
    csrf: str = "x" * 32
    accept: str = "text/html"

    def ask(
        self, path: str, sent: Mapping[str, Any] | None = None, expect: int = 200
    ) -> tuple[bytes, float]:
        cookies = f"__Host-session={self.session}; __Host-csrftoken={self.csrf}"
        headers = {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Cookie": cookies,
            "Accept": "application/json" if sent else self.accept,
        }
        body = None
        if sent is not None:
            body = urlencode(sent)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": self.csrf,
                "Referer": "https://localhost/",
            }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        began = time.perf_counter()
        connection.request("POST" if sent is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        took = time.perf_counter() - began
        connection.close()
        if answer.status != expect:
            raise RuntimeError(f"{path} answered {answer.status}: {text[:300]!r}")
        return text, took


Act = Callable[[], float]


def medians(*acts: Act, times: int) -> list[float]:
    """In turn, in milliseconds; the first few of each warm it up."""
    found: list[list[float]] = [[] for _act in acts]
    for turn in range(times + 2 * WORKERS):
        for place, act in enumerate(acts):
            took = act()
            if turn >= 2 * WORKERS:
                found[place].append(took * 1000)
    return [statistics.median(each) for each in found]


def throughput(act: Act, *, clients: int, each: int) -> float:
    """Answers in a second to so many who ask at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _client: [act() for _turn in range(each)], range(clients)))
    return clients * each / (time.perf_counter() - began)


def environment(**more: str) -> dict[str, str]:
    """As in production: no demonstration, so that the second factor is demanded, and TLS."""
    kept = {name: value for name, value in os.environ.items() if name != "DEMONSTRATION"}
    return {**kept, "ALLOWED_HOSTS": "localhost", "PORTAL_URL": "https://localhost", **more}
