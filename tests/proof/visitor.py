"""A browser as far as a proof needs one: cookies, one connection, no patience."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client

from tests.conftest import gave_password

BACKEND = "reviews.backends.SignInBackend"
CSRF = "a" * 32
IDLE = 1.0
"""Seconds for which a connection is kept, as browsers do: the server ends it after two."""


@dataclass
class Answer:
    status: int
    body: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Visitor:
    """Of a person who is signed in already; the session is a row that this process wrote."""

    address: str
    user: Any
    timeout: float = 30
    session: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        client = Client()
        client.force_login(self.user, backend=BACKEND)
        gave_password(client)
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._line: http.client.HTTPConnection | None = None
        self._answered = 0.0

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
        return self._ask("POST", path, urlencode(data, doseq=True), form | headers)

    def send(self, path: str, body: bytes, kind: str) -> Answer:
        """A form with files in it."""
        return self._ask("POST", path, body, {"Content-Type": kind, "X-CSRFToken": CSRF})

    def _ask(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        """Raises OSError and http.client.HTTPException, after which the connection is a new one."""
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        cookies += f"; {settings.CSRF_COOKIE_NAME}={CSRF}"
        if time.monotonic() - self._answered > IDLE:
            self.close()
        if self._line is None:
            where = urlsplit(self.address)
            self._line = http.client.HTTPConnection(where.netloc, timeout=self.timeout)
        try:
            self._line.request(method, path, body, {"Cookie": cookies, **headers})
            found = self._line.getresponse()
            text = found.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self._answered = time.monotonic()
        return Answer(found.status, text, dict(found.headers))

    def close(self) -> None:
        if self._line:
            self._line.close()
            self._line = None
