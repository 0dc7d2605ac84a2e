"""A reference for every request, so that an error page and a log line can be brought together."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

from scr_portal.core.failures import without_words

_reference: ContextVar[str] = ContextVar("reference", default="-")


def reference() -> str:
    return _reference.get()


class ReferenceFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = reference()
        return True


class WordlessFilter(logging.Filter):
    """Celery writes what an error says, and so a row of a case, into the line of its own."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict) and "exc" in record.args:
            error = record.exc_info[1] if record.exc_info else None
            record.args = record.args | {"exc": type(error).__name__ if error else "an error"}
        return True


# What follows opens a page to whoever has it: an invitation, a guest's link, a new password.
_SECRET = re.compile(
    r"((?:guest|invitation|password/reset/key)(?:/|%2F))[^/\s?&\"'%]+", re.IGNORECASE
)


# What somebody looked for: the name of a child, it may be.
_QUERY = re.compile(r"\?[^\s\"]+")


def without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


def without_query(text: str) -> str:
    return _QUERY.sub("?…", text)


class LineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))

    def formatException(self, ei: Any) -> str:
        return without_words(ei[1])


class RequestReference:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _reference.set(secrets.token_hex(4).upper())
        try:
            response = self.get_response(request)
        finally:
            _reference.reset(token)
        return response
