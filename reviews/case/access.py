from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from reviews.case import opening
from reviews.case.models import Review
from reviews.case.queries import PAUSE, with_pause
from reviews.case.standing import bringing, keep
from reviews.permissions import Permission
from scr_portal.accounts.access import View, mark
from scr_portal.core.prepared import prepared


def fetch(user: Any, pk: UUID, permission: Permission = Permission.VIEW) -> Review:
    """Raises Http404 alike for a review that does not exist and one that is not visible.

    What every page asks of it next comes along: what this person may do, and its open pause.
    """
    rows = _seen(permission, user=user, pk=pk) if user.is_authenticated and user.is_active else []
    if not rows:
        raise Http404
    [review] = rows
    keep(review, user)
    review.__dict__["_pause"] = getattr(review, PAUSE, None)
    return review


@prepared
def _seen(permission: Permission, *, user: Any, pk: UUID) -> Any:
    seen = Review.objects.visible_to(user, permission)
    return with_pause(bringing(seen, user)).select_related("board").filter(pk=pk)


def review_view(*permissions: Permission) -> Callable[[View], View]:
    """Give the view its review: 404 where it is not visible, 403 without any of the permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, review: UUID, *args: Any, **kwargs: Any) -> Any:
            found = fetch(request.user, review)
            if not any(request.user.has_perm(permission, found) for permission in permissions):
                raise PermissionDenied
            response = view(request, found, *args, **kwargs)
            if response.status_code < 400:
                opening.note(request, found)
            return response

        return mark(login_required(guarded), " or ".join(permissions))

    return decorate


def asked_view(permission: Permission) -> Callable[[View], View]:
    """For who may not see the review, and is asked or told one thing about it.

    404 for everybody without the permission. The view itself looks for the person's own row
    (``Asked.objects.of(user)``), shows nothing else and extends reviews/case/asked.html.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, review: UUID, *args: Any, **kwargs: Any) -> Any:
            return view(request, fetch(request.user, review, permission), *args, **kwargs)

        return mark(login_required(guarded), permission)

    return decorate
