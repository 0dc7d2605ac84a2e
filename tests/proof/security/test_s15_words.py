"""No words of a case and no secrets in logs, task payloads, mail and the pages of errors.

Everything fails here on purpose, with a word of the case in the error, as PostgreSQL's own errors
quote the row that they refuse.
"""

import logging
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as portal
from django.db import DataError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from gunicorn.config import Config

from scr_portal.celery import app
from scr_portal.core import outbox
from scr_portal.requests import LineFormatter
from scr_portal.web_log import AccessLog
from tests.cast import PASSWORD
from tests.matrix import test_urls as matrix
from tests.proof.frame import Claim
from tests.proof.security import worlds
from tests.proof.security.test_s01_urls import guarded
from tests.proof.security.test_s02_canary import mails_with_the_word

CLAIM = Claim(
    id="S15",
    says="No words of a case, no password and no link that opens a page stand in a log, in what a "
    "task is sent with, in a mail or on the page of an error.",
    how="Pages and tasks fail in the middle of a statement with a word of the case in the error; "
    "what the portal, Celery, gunicorn and PostgreSQL write is read, with every payload and mail.",
    goal="0 found",
)
pytestmark = pytest.mark.timeout(1800)

WORD = worlds.CANARY
SECRET = "tHis-opens-1t"
FAILS = f'null value in column "text"\nDETAIL:  Failing row contains (7, {WORD} said so).\n'


def make() -> tuple[worlds.Two, list[Any]]:
    """With what would have been sent to the worker, had the transaction been committed."""
    two = worlds.make()
    return two, [
        (hook.args[0].name, hook.args[1])
        for _, hook, *_ in connection.run_on_commit
        if isinstance(hook, partial) and hook.func is outbox._send
    ]


@pytest.fixture
def two(laid) -> worlds.Two:
    return laid[0]


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every line of this process, in the words that the portal's own handler would write."""
    kept: list[str] = []
    line = dict(portal.LOGGING["formatters"]["line"])
    formatter = import_string(line.pop("()"))(**line)

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            record.reference = "-"
            kept.append(formatter.format(record))

    handler = Keeping(logging.INFO)
    logging.config.dictConfig(portal.LOGGING)
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)


@pytest.fixture(autouse=True)
def said_in_full(settings) -> None:
    """What is planned on a connection is asked by its name, which does not say of which rows."""
    settings.DATABASE_POOLED = True


class Failing:
    """The first statement on a row of a case after ``wait`` others fails, and says too much."""

    def __init__(self, wait: int = 0) -> None:
        self.wait, self.did = wait, False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(f'"{room}_' in sql for room in ("reviews", "families", "quality_markers", "drafts")):
            self.wait -= 1
            if self.wait < 0:
                self.did = True
                raise DataError(FAILS)
        return execute(sql, params, many, context)


def test_pages_that_fail_show_and_log_no_words(two, sign_in, lines, scale, claim):
    client, met, shown = sign_in(two.theirs.people["unit"]), 0, []
    client.raise_request_exception = False
    for name, wanted in guarded().items():
        if zlib.crc32(name.encode()) % scale(30, 2):
            continue
        url = reverse(name, kwargs=two.theirs.kwargs(name, wanted))
        for method in ("get", "post"):
            failing = Failing(wait=zlib.crc32(f"{name}{method}".encode()) % 4)
            with connection.execute_wrapper(failing):
                response = matrix.ask(client, method, f"{url}?q={WORD}")
            if failing.did:
                met += 1
                body = b"" if response.streaming else response.content
                shown += [url] if response.status_code < 500 or WORD.encode() in body else []
    written = [line for line in lines if WORD in line]
    print(*shown, *written[:5], sep="\n")
    claim.measured(
        f"{len(shown) + len(written)} found on {met} pages that failed and in the "
        f"{len(lines):,} lines they left",
        not shown and not written and met > scale(3, 100) and len(lines) >= met,
    )


def test_tasks_are_sent_numbers_and_fail_without_words(laid, two, lines, claim):
    sent = laid[1]
    words = [(name, args) for name, args in sent if not all(map(_is_number, args))]
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    failed = 0
    for task in ours:
        for wait in (0, 2):
            failing = Failing(wait)
            args = [0] if "exports.tasks.make" in task.name else [str(two.theirs.review.pk)]
            with transaction.atomic():
                with connection.execute_wrapper(failing):
                    task.apply(args if _takes_one(task) else [], throw=False)
                transaction.set_rollback(True)
            failed += failing.did
    written = [line for line in lines if WORD in line]
    mails = mails_with_the_word()
    print(*written[:5], *words, *mails, sep="\n")
    claim.measured(
        f"{len(words)} payloads of {len(sent)} hold words, {len(written)} lines of {failed} tasks "
        f"that failed, {len(mails)} mails",
        bool(sent) and not words and not written and not mails and failed > 5,
    )


def _is_number(value: Any) -> bool:
    try:
        return isinstance(value, int) or bool(UUID(str(value)))
    except ValueError:
        return False


def _takes_one(task: Any) -> bool:
    return task.run.__code__.co_argcount > 0


def test_celery_leaves_the_log_to_the_portal():
    app.log.setup(loglevel="INFO", redirect_stdouts=False)
    plain = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    assert {type(each.formatter) for each in plain} == {LineFormatter}


@pytest.mark.parametrize(
    "path",
    [
        f"/guest/{SECRET}/",
        f"/sign-in/password/reset/key/1-{SECRET}/",
        f"/people/invitation/{SECRET}/",
        f"/reviews/?q={WORD}",
    ],
)
def test_what_opens_a_page_and_what_was_looked_for_is_in_no_line(db, lines, path):
    client = Client(raise_request_exception=False)
    client.get(path)
    client.post("/sign-in/login/", {"login": "unit@example.org", "password": PASSWORD})
    log = AccessLog(Config())
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": path,
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://portal.example{path}",
    }
    answer = type("Answer", (), {"status": "200 OK", "headers": [], "sent": 1})
    request = type("Request", (), {"headers": []})
    took = type("Took", (), {"seconds": 0, "microseconds": 1})
    atoms = log.atoms(answer, request, environ, took)
    written = [*lines, *(str(atoms[key]) for key in ("r", "U", "q", "f"))]
    for each in (SECRET, WORD, PASSWORD):
        assert not [line for line in written if each in line]


def test_an_error_outside_of_django_is_written_without_its_words():
    for handler in AccessLog(Config()).error_log.handlers:
        try:
            raise DataError(FAILS)
        except DataError as error:
            told = (type(error), error, error.__traceback__)
        record = logging.LogRecord("gunicorn.error", 40, "", 1, "Error handling request", (), told)
        assert WORD not in handler.format(record)


def test_the_database_writes_down_no_statement_and_no_row(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW log_error_verbosity")
        assert cursor.fetchone() == ("terse",)
        cursor.execute("SHOW log_min_error_statement")
        assert cursor.fetchone() == ("panic",)
