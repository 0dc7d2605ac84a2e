"""Every view says who may open it; a test walks all URLs and fails on one that does not say."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from scr_portal.accounts.models import Board

View = Callable[..., HttpResponseBase]


def mark(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """No account needed: error pages, statements, an invitation's link."""
    return mark(view, "public")


def signed_in(view: View) -> View:
    return mark(login_required(view), "signed in")


def before_factor(view: View) -> View:
    """Open also to somebody who has still to set up the second factor that is demanded."""
    view.before_factor = True  # type: ignore[attr-defined]
    return view


def gives_factor(view: View) -> View:
    """Open also to a session that has still to give the second factor that its person has."""
    view.gives_factor = True  # type: ignore[attr-defined]
    return view


def administrator_view(view: View) -> View:
    """For system administrators; the same 404 for everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return mark(login_required(guarded), "administrator")


def board_view(permission: str) -> Callable[[View], View]:
    """Fetch the board by ``slug``; 404 alike for a missing one and for one without permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, board: str, *args: Any, **kwargs: Any) -> Any:
            found = Board.objects.filter(slug=board).first()
            if found is None or not request.user.has_perm(permission, found):
                raise Http404
            return view(request, found, *args, **kwargs)

        return mark(login_required(guarded), permission)

    return decorate


def require(user: Any, permission: str, thing: Any) -> None:
    """Raises PermissionDenied: for operations, which don't trust the page that called them."""
    if not user.has_perm(permission, thing):
        raise PermissionDenied(permission)
