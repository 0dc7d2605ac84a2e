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
from pathlib import Path

PATIENCE = 5.0
"""Seconds from the friendly signal to the last one."""


class Guard:
    def __init__(self, remove: Path | None = None):
        """`remove` is a folder that nobody needs once the launcher is gone."""
        reader, self._writer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._writer)
            _watch(reader, remove)
        os.close(reader)

    def enter(self, number: int) -> None:
        """Runs in the child, between fork and exec."""
        os.write(self._writer, f"+{os.getpid()} {number}\n".encode())

    def leave(self, pid: int) -> None:
        os.write(self._writer, f"-{pid} 0\n".encode())

    def close(self) -> None:
        os.close(self._writer)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


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
    left: dict[int, int] = {}
    try:
        with os.fdopen(reader) as lines:
            for line in lines:
                pid, number = line[1:].split()
                if line[0] == "+":
                    left[int(pid)] = int(number)
                else:
                    left.pop(int(pid), None)
        end(left)
        if remove:
            shutil.rmtree(remove, ignore_errors=True)
    finally:
        os._exit(0)
