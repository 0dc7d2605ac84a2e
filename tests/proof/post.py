"""A mail server of this process, which counts what comes twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from tests.processes import free_port


class Post:
    def __init__(self) -> None:
        self.port = free_port()
        self.taken: Counter[str] = Counter()
        """How often each message came, by its Message-ID."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"

    @contextmanager
    def open(self) -> Iterator["Post"]:
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()
