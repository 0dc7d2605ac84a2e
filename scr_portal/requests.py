"""A reference for every request, so that an error page and a log line can be brought together."""

import logging
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


class LineFormatter(logging.Formatter):
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
