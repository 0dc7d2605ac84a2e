from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import View, mark


def fetch(user: Any, pk: UUID) -> Review:
    """Raises Http404 alike for a review that does not exist and one that is not visible."""
    review = Review.objects.visible_to(user).select_related("board").filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


def review_view(*permissions: Permission) -> Callable[[View], View]:
    """Give the view its review: 404 where it is not visible, 403 without any of the permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, review: UUID, *args: Any, **kwargs: Any) -> Any:
            found = fetch(request.user, review)
            if not any(request.user.has_perm(permission, found) for permission in permissions):
                raise PermissionDenied
            return view(request, found, *args, **kwargs)

        return mark(login_required(guarded), " or ".join(permissions))

    return decorate
