"""Who runs the servers of a checkout, so that several commands share one set.

The first command owns them and holds `owner.lock`; others join and hold `users.lock` together.
A command that owns them for its own purpose waits for those before it stops them.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from launcher import say
from launcher.guard import alive
from launcher.state import State

SERVER = "server"
COMMAND = "command"


class Occupancy:
    def __init__(self, state: State, kind: str):
        self.root = state.root
        self.kind = kind
        self._owner: int | None = None

    def claim(self) -> bool:
        """Whether the servers are now ours to start."""
        handle = _open(self.root / "owner.lock")
        if not _lock(handle, fcntl.LOCK_EX):
            os.close(handle)
            return False
        self._owner = handle
        self._note({"pid": os.getpid(), "kind": self.kind})
        return True

    def announce(self, **facts: str) -> None:
        """From here on others may join."""
        self._note({"pid": os.getpid(), "kind": self.kind, "ready": True, **facts})

    def found(self) -> dict[str, str]:
        """What the owner told, or nothing when there is none."""
        with contextlib.suppress(OSError, ValueError):
            facts = dict(json.loads((self.root / "owner.json").read_text()))
            return facts if alive(int(facts["pid"])) else {}
        return {}

    @contextlib.contextmanager
    def joined(self) -> Iterator[dict[str, str]]:
        """The owner's facts while it cannot stop, or nothing when it is not ready."""
        handle = _open(self.root / "users.lock")
        try:
            facts = self.found() if _lock(handle, fcntl.LOCK_SH) else {}
            yield facts if facts.get("ready") else {}
        finally:
            os.close(handle)

    def release(self) -> None:
        """Lets those who joined finish, unless people stopped the server itself.

        The lock itself ends with the process and its guard, when the last child is gone.
        """
        handle = _open(self.root / "users.lock")
        if self.kind == COMMAND and not _lock(handle, fcntl.LOCK_EX):
            say.trouble("Waiting for another command on the same servers to finish")
            while not _lock(handle, fcntl.LOCK_EX):
                time.sleep(0.1)
        self._note({})

    def _note(self, facts: dict[str, object]) -> None:
        unfinished = self.root / "owner.json.new"
        unfinished.write_text(json.dumps(facts))
        unfinished.rename(self.root / "owner.json")


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
