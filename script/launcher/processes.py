"""The children of one run: started together, watched together, stopped together."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from launcher import say
from launcher.account import Account
from launcher.guard import Guard, signal_group
from launcher.say import Stop

LONGEST_LOG = 5 * 1024 * 1024


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: int
    grace: float
    """Seconds from the friendly signal to the last one."""
    is_server: bool
    """Others stand on it, so it is stopped after them."""

    def died(self) -> bool:
        return self.process.poll() is not None

    def fate(self) -> str:
        code = self.process.returncode
        if code is not None and code < 0:
            return f"was killed by {signal.Signals(-code).name}"
        return f"ended by itself with status {code}"


class Company:
    def __init__(self, record: Path | None = None, remove: Path | None = None):
        self.children: list[Child] = []
        self._guard = Guard(record, remove)

    def start(
        self,
        name: str,
        command: Sequence[object],
        *,
        log: Path,
        env: Mapping[str, str],
        cwd: Path,
        account: Account | None = None,
        stop_signal: int = signal.SIGTERM,
        grace: float = 8,
        is_server: bool = False,
    ) -> Child:
        """In a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
        with _opened(log) as output:
            process = subprocess.Popen(  # type: ignore[call-overload]
                [str(each) for each in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=lambda: self._guard.enter(stop_signal),
                **(account.popen_options() if account else {}),
            )
        child = Child(name, process, log, stop_signal, grace, is_server)
        self.children.append(child)
        return child

    def run(
        self,
        command: Sequence[object],
        *,
        env: Mapping[str, str],
        cwd: Path,
        errors: Path | None = None,
    ) -> int:
        """In the foreground, with the terminal; ends with us. Returns the exit status.

        `errors` takes what would otherwise go to the terminal's second stream.
        """
        with errors.open("wb") if errors else contextlib.nullcontext() as stderr:
            process = subprocess.Popen(
                [str(each) for each in command],
                stderr=stderr,
                env=dict(env),
                cwd=cwd,
                preexec_fn=lambda: self._guard.enter(signal.SIGTERM),
            )
        try:
            status = _patiently(process)
        except say.Signalled as asked:
            process.send_signal(asked.number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()
            raise
        self._guard.leave(process.pid)
        return status

    def first_dead(self) -> Child | None:
        return next((child for child in self.children if child.died()), None)

    def check(self) -> None:
        """Raises Stop, naming the child that died."""
        if dead := self.first_dead():
            last = say.tail(dead.log)
            if say.FULL_DISK in last:
                raise Stop(say.disk_full(dead.log.parent))
            raise Stop(f"The {dead.name} {dead.fate()}, so everything stops. Its log ends:\n{last}")

    def watch(self) -> None:
        """Returns never: raises Stop when a child dies, Signalled when we are asked to end."""
        while True:
            self.check()
            time.sleep(0.2)

    def stop(self) -> None:
        """The servers last, so that nobody loses the database under its hands."""
        for is_server in (False, True):
            _end([child for child in self.children if child.is_server is is_server])
        for child in self.children:
            self._guard.leave(child.process.pid)
        self.children.clear()

    def close(self) -> None:
        self.stop()
        self._guard.close()


def _patiently(process: subprocess.Popen[bytes]) -> int:
    """Ctrl-C in a terminal reaches the command too; what it does about it is its own affair."""
    while True:
        try:
            return process.wait()
        except say.Signalled as asked:
            if asked.number != signal.SIGINT or not os.isatty(0):
                raise


def _end(children: list[Child]) -> None:
    for child in children:
        if not child.died():
            child.process.send_signal(child.stop_signal)
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(child.grace)
        signal_group(child.process.pid, signal.SIGKILL)
        child.process.wait()


@contextlib.contextmanager
def _opened(log: Path) -> Iterator[BinaryIO]:
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as output:
        yield output
