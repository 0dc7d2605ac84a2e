"""Error pages. A 404 is the same bytes for what does not exist and what one may not see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from scr_portal.accounts.access import public
from scr_portal.requests import reference


def _page(name: str, status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{name}.html", context), status=status)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("400", 400, request_id=reference())


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("403", 403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("404", 404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    return _page("500", 500, request_id=reference())


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page("403", 403, stale=True)
