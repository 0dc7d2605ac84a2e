"""Chooses the command, and turns every expected trouble into one sentence."""

import signal
from types import FrameType

from launcher import managing, proving, say, serving, testing


def main(command: str, arguments: list[str]) -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _signalled)
    try:
        return _run(command, arguments)
    except say.Stop as stop:
        say.trouble(str(stop))
        return 1
    except OSError as error:
        if not say.is_disk_full(error):
            raise
        say.trouble(say.disk_full(error.filename or "this checkout"))
        return 1
    except say.Signalled as asked:
        return 128 + asked.number


def _run(command: str, arguments: list[str]) -> int:
    rooms = {"server": serving, "test": testing, "manage": managing, "prove": proving}
    return rooms[command].run(arguments)


def _signalled(number: int, frame: FrameType | None) -> None:
    """Once: what follows is tidying up, which a second Ctrl-C must not break off."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise say.Signalled(number)
