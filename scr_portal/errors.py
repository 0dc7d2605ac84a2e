"""Error pages. A 404 is the same bytes for what does not exist and what one may not see."""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from psycopg2.errorcodes import DISK_FULL

from scr_portal.accounts.access import public
from scr_portal.core.fields import KeyLost
from scr_portal.requests import reference

logger = logging.getLogger(__name__)


def _page(name: str, status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{name}.html", context), status=status)


@cache
def _same(name: str, _language: str) -> str:
    """A page that says the same to everybody is drawn once in a process."""
    return render_to_string(f"{name}.html")


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("400", 400, request_id=reference())


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(_same("403", get_language()), status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(_same("404", get_language()), status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    return _page("500", 500, request_id=reference())


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page("403", 403, stale=True)


class LostKey:
    """A page for what no key opens: nothing is lost while the key can be found.

    And one for a full disk of the database, which is drawn without asking it for anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if getattr(exception.__cause__, "pgcode", "") == DISK_FULL:
            logger.error("The disk of the database is full.")
            return _page("no_room", 503, request_id=reference())
        if not isinstance(exception, KeyLost):
            return None
        logger.error("%s Run rotate_field_keys --check.", exception)
        return _page("key_lost", 503, request_id=reference())
