"""ClamAV over its socket: the daemon's INSTREAM command, which needs no file shared with it."""

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 120.0
"""Seconds of silence: a large archive takes the daemon a while."""
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """No verdict: the daemon is not there, or did not finish."""


def is_set() -> bool:
    return bool(settings.CLAMAV_SOCKET)


def verdict(pieces: Iterable[bytes]) -> str:
    """What was found, or nothing for a clean file. Raises ScannerAway."""
    try:
        with _connected(settings.CLAMAV_SOCKET) as daemon:
            answer = _ask(daemon, pieces)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    if answer == "stream: OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:200] or "unnamed"
    raise ScannerAway(answer[:200] or "no answer")


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    """``/run/clamav/clamd.ctl``, ``unix:/run/…`` or ``tcp://clamav:3310``."""
    if address.startswith("tcp://"):
        where = urlsplit(address)
        daemon = socket.create_connection((where.hostname or "", where.port or 3310), TIMEOUT)
    else:
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(TIMEOUT)
        daemon.connect(address.removeprefix("unix:").replace("//", "", 1))
    with daemon:
        yield daemon


def _ask(daemon: socket.socket, pieces: Iterable[bytes]) -> str:
    daemon.sendall(b"zINSTREAM\0")
    # A daemon that has read enough, or finds the file too long, answers and hangs up.
    with suppress(BrokenPipeError, ConnectionResetError):
        for piece in pieces:
            daemon.sendall(struct.pack(">I", len(piece)) + piece)
        daemon.sendall(struct.pack(">I", 0))
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        if not (more := daemon.recv(_LONGEST_ANSWER)):
            break
        answer += more
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
