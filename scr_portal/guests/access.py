"""The door for people without an account. Nothing here asks who is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from scr_portal.accounts import throttle
from scr_portal.accounts.access import View, mark
from scr_portal.core import acting, typed
from scr_portal.core.acting import Reach
from scr_portal.guests import operations, tokens
from scr_portal.guests.models import GuestLink

# Wrong links from one address in ten minutes, before none of its links is looked at any more.
LIMIT, SECONDS = 20, 600
THROTTLE = "guest"


def guest_view(*purposes: str, receipt: bool = False) -> Callable[[View], View]:
    """Give the view its link by ``token``; without purposes, a link for any of them.

    Guessed, used, withdrawn, run out or made for another form: the same bytes for all, and 410.
    A view that raises ``LinkClosed`` answers so too. ``receipt`` is for the pages after the link
    was used, whose ``token`` is ``tokens.receipt_of(link)``.
    """
    find = tokens.found_by_receipt if receipt else tokens.found

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> Any:
            if throttle.too_many(THROTTLE, request, limit=LIMIT):
                return _private(_page("guests/throttled.html", 429))
            with acting.for_portal("finding a guest's link"):
                link = find(token)
            with acting.for_person(_reach(link)):
                return answer(request, link, *args, **kwargs)

        def answer(request: HttpRequest, link: GuestLink | None, *args: Any, **kwargs: Any) -> Any:
            fits = link is not None and (not purposes or link.purpose in purposes)
            if link is None or not fits or not (receipt or link.is_open):
                return _refuse(request, link, wrong_page=not fits)
            if link.opened_at is None:
                operations.opened(link=link)
            try:
                return _private(view(request, link, *args, **kwargs))
            except operations.LinkClosed:
                link.refresh_from_db()
                return _refuse(request, link)

        return mark(guarded, "guest")

    return decorate


def _reach(link: GuestLink | None) -> Reach:
    """The link's review, or what comes to its board before there is one."""
    if link is None:
        return acting.NOBODY
    if link.review_id is None:
        return Reach(alone=(link.board_id,))
    return Reach(reviews=(link.review_id,))


def restore_into(request: HttpRequest, link: GuestLink, part: str = "form") -> dict[str, Any]:
    """Initial data of a form from what was typed before; what is being sent comes first."""
    fields = link.parts.get(part, {}) if request.method == "GET" else {}
    return typed.as_initial(fields)


def _refuse(
    request: HttpRequest, link: GuestLink | None, *, wrong_page: bool = False
) -> HttpResponseBase:
    throttle.count(THROTTLE, request, seconds=SECONDS)
    operations.record_refused(link=link, wrong_page=wrong_page)
    return _private(_page("guests/refused.html", 410))


def _page(template: str, status: int) -> HttpResponse:
    """Without the request, so that the bytes are the same for every reason and visitor."""
    return HttpResponse(render_to_string(template), status=status)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """No copy is kept, and no other page is told the address, ours included.

    Not ``no-referrer``: a browser then sends "Origin: null" with a form, which looks forged.
    """
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
