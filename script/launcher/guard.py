"""A second process that outlives a killed launcher and ends what it left running.

It reads a pipe that only the launcher holds open for writing. Each child writes its own number
into it before it becomes another program, so there is no moment in which a child is unknown.
When the pipe ends with children still in it, the launcher was killed.

It also keeps the launcher's lock until they are gone, so that the next start waits for them.
"""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 5.0
"""Seconds from the friendly signal to the last one."""


class Guard:
    def __init__(self, record: Path | None = None, remove: Path | None = None):
        """`record` is for a start after even the guard was killed; `remove` goes at the end."""
        reader, self._writer = os.pipe()
        self._written = [self._writer]
        if record:
            self._written.append(os.open(record, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._writer)
            _watch(reader, remove)
        os.close(reader)

    def enter(self, number: int) -> None:
        """Runs in the child, between fork and exec."""
        self._write(f"+{os.getpid()} {number}\n".encode())

    def leave(self, pid: int) -> None:
        self._write(f"-{pid} 0\n".encode())

    def _write(self, line: bytes) -> None:
        for handle in self._written:
            os.write(handle, line)

    def close(self) -> None:
        for handle in self._written:
            os.close(handle)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def still_in(lines: Iterable[str]) -> dict[int, int]:
    """The signal for each process that entered and did not leave."""
    left: dict[int, int] = {}
    for line in lines:
        pid, number = line[1:].split()
        if line[0] == "+":
            left[int(pid)] = int(number)
        else:
            left.pop(int(pid), None)
    return left


def alive(pid: int) -> bool:
    """A zombie is not alive, though the kernel would still take signals for it."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except OSError:
        return not Path("/proc/self").exists()


def signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def end(pids: dict[int, int]) -> None:
    """Each with its own signal first, then whatever is left of its group by force."""
    for pid, number in pids.items():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and any(alive(pid) for pid in pids):
        time.sleep(0.05)
    for pid in pids:
        signal_group(pid, signal.SIGKILL)


def _watch(reader: int, remove: Path | None) -> None:
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    try:
        with os.fdopen(reader) as lines:
            end(still_in(lines))
        if remove:
            shutil.rmtree(remove, ignore_errors=True)
    finally:
        os._exit(0)
