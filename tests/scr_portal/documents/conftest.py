import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from scr_portal.documents import operations
from scr_portal.documents.models import StoredFile
from tests.scr_portal.documents import files


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """The disk of the documents, for this test alone."""
    place = tmp_path / "documents"
    disk = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"documents": disk}
    settings.FILE_UPLOAD_TEMP_DIR = place / "uploads"
    return place


@pytest.fixture
def store(folder, cast) -> Callable[..., StoredFile]:
    def stored(content: bytes | None = None, name: str = "minutes.docx", **given: Any):
        upload = SimpleUploadedFile(name, files.docx() if content is None else content)
        given = {"by": cast.unit, "board": cast.board, "review_id": None} | given
        return operations.store(upload, **given)

    return stored


@dataclass
class Daemon:
    """As clamd speaks: INSTREAM, pieces with their length, an answer that ends in NUL."""

    path: Path
    found: bytes = b"EVIL"
    limit: int = 10**9
    answer: bytes = b""
    """Given instead of a verdict."""
    got: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                asked, _address = listening.accept()
                with asked, asked.makefile("rb") as words:
                    asked.sendall(self._verdict(words) + b"\0")

    def _verdict(self, words: Any) -> bytes:
        assert words.read(10) == b"zINSTREAM\0"
        whole = b""
        while length := struct.unpack(">I", words.read(4))[0]:
            whole += words.read(length)
            if len(whole) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR"
        self.got.append(whole)
        if self.answer:
            return self.answer
        return b"stream: Test.Evil FOUND" if self.found in whole else b"stream: OK"


@pytest.fixture
def daemon(settings, tmp_path) -> Iterator[Daemon]:
    with socket.socket(socket.AF_UNIX) as listening:
        running = Daemon(tmp_path / "clamd.ctl")
        listening.bind(str(running.path))
        listening.listen()
        threading.Thread(target=running.serve, args=[listening], daemon=True).start()
        settings.CLAMAV_SOCKET = f"unix:{running.path}"
        yield running
        listening.shutdown(socket.SHUT_RDWR)
