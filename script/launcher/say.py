"""What the person at the terminal reads."""

import errno
import sys
from pathlib import Path
from typing import NoReturn

FULL_DISK = "No space left on device"


class Stop(Exception):
    """Ends the command; its text is the one sentence the person reads."""


class Signalled(BaseException):
    """Somebody asked us to end: Ctrl-C, TERM or a closed terminal."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


def step(text: str) -> None:
    """Apart from the output of a command, which somebody may want in a file."""
    print(f"- {text}", file=sys.stderr, flush=True)


def line(text: str = "") -> None:
    print(text, flush=True)


def trouble(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def tail(path: Path, lines: int = 15) -> str:
    """The end of a log, indented, or nothing when there is none."""
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {each}" for each in text.rstrip().splitlines()[-lines:])


def disk_full(place: Path | str) -> str:
    return f"The disk that holds {place} is full: make room and run this again."


def is_disk_full(error: OSError) -> bool:
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def failed(what: str, output: str, place: Path | str) -> NoReturn:
    """Stops with the cause when we know it, else with the end of what was printed.

    Raises Stop.
    """
    if FULL_DISK in output:
        raise Stop(disk_full(place))
    last = "\n".join(f"    {each}" for each in output.rstrip().splitlines()[-15:])
    raise Stop(f"{what}\n{last}" if last else what)
