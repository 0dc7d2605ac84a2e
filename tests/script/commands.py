"""Runs the commands of script/ as a person would, but for their own state."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launcher.guard import alive
from launcher.state import CHECKOUT

OF_THIS_RUN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "STATIC_ROOT")


def popen(state: Path, command: str, *arguments: str) -> dict[str, Any]:
    env = {name: value for name, value in os.environ.items() if name not in OF_THIS_RUN}
    return {
        "args": [str(CHECKOUT / "script" / command), *arguments],
        "env": {**env, "SCR_PORTAL_STATE": str(state)},
        "text": True,
        "stdout": subprocess.PIPE,
    }


def run(
    state: Path, command: str, *arguments: str, **options: Any
) -> subprocess.CompletedProcess[str]:
    options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
    if "input" in options:
        options.pop("stdin")
    return subprocess.run(
        **popen(state, command, *arguments), stderr=subprocess.PIPE, timeout=100, **options
    )


@contextlib.contextmanager
def started(state: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        **popen(state, "server", "--port", str(port)),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    with server:
        try:
            yield server
        finally:
            server.terminate()


def shown_until(server: subprocess.Popen[str], words: str) -> str:
    said: list[str] = []
    for line in server.stdout or ():
        said.append(line)
        if words in line:
            return "".join(said)
    raise AssertionError("".join(said))


def wait_gone(pids: list[int], seconds: float = 10) -> None:
    limit = time.monotonic() + seconds
    while left := [pid for pid in pids if alive(pid)]:
        assert time.monotonic() < limit, left
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
