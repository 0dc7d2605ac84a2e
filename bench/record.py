"""What the portal sends to the database for a page: python -m bench.record, as the web does it.

In: a JSON object with ``person`` and ``asked``, a list of {name, path, sent, warm, expect}.
Out: the person's session for a browser, and of each page its statements, those same statements as
they went over the wire (with the words that say for whom each acts), and its text.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from psycopg2.extensions import cursor  # noqa: E402

from bench.people import as_portal, with_factor  # noqa: E402
from scr_portal.accounts import sessions  # noqa: E402
from scr_portal.accounts.models import User  # noqa: E402
from scr_portal.core.acting import ActingCursor  # noqa: E402

BACKEND = "reviews.backends.SignInBackend"
BY_DRIVER = ("BEGIN", "COMMIT", "ROLLBACK")
"""What begins and ends a transaction goes past every cursor."""
STILL_THERE = "SELECT 1"
"""Asked of a kept connection at the beginning of each request, and not by the test client."""


def main(wanted: dict[str, Any]) -> dict[str, Any]:
    setup_test_environment()
    sessions.STEP *= 1000  # once in a while a request also notes that its session is in use
    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client(headers={"accept": "text/html", "host": "localhost"})
    with as_portal():
        person = User.objects.get(pk=wanted["person"])
        client.force_login(person, backend=BACKEND)
        with_factor(client)
    pages = {each["name"]: _heard(client, each) for each in wanted["asked"]}
    return {"session": client.session.session_key, "pages": pages}


def _heard(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    client.get(asked.get("warm") or asked["path"], secure=True)
    with CaptureQueriesContext(connection) as caught, _on_the_wire() as wire:
        if sent := asked.get("sent"):
            json_wanted = {"accept": "application/json"}
            answer = client.post(asked["path"], sent, secure=True, headers=json_wanted)
        else:
            answer = client.get(asked["path"], secure=True)
    if answer.status_code != asked.get("expect", 200):
        raise RuntimeError(f"{asked['path']} answered {answer.status_code}: {answer.content[:500]}")
    statements = [query["sql"] for query in caught.captured_queries]
    went = iter(wire)
    return {
        "statements": statements,
        "sent": [STILL_THERE, *(each if each in BY_DRIVER else next(went) for each in statements)],
        "body": answer.content.decode(),
        "type": answer["Content-Type"],
        "status": f"{answer.status_code} {answer.reason_phrase}",
    }


@contextmanager
def _on_the_wire() -> Iterator[list[str]]:
    went: list[str] = []
    execute = ActingCursor.execute

    def heard(self: ActingCursor, query: Any, vars: Any = None) -> None:
        execute(self, query, vars)
        went.append((cursor.query.__get__(self) or b"").decode())  # type: ignore[attr-defined]

    with patch.object(ActingCursor, "execute", heard):
        yield went


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
