"""How far each request reaches, told to PostgreSQL before a view is asked (core/acting.py)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from reviews.backends import SignInBackend, reach_of
from scr_portal.core import acting
from scr_portal.core.acting import Reach


class Acting:
    """After AuthenticationMiddleware. Who is not signed in acts for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting.for_person(_reach(request)):
            return self.get_response(request)


def _reach(request: HttpRequest) -> Reach:
    pk = request.session.get(SESSION_KEY)
    if pk is None:
        return acting.NOBODY
    # Their own roles and grants are what may be read of a person before it is known how far.
    with acting.for_person(Reach(person=int(pk))):
        user: Any = request.user
        return reach_of(user) if user.is_authenticated else acting.NOBODY


def reach_of_person(user: Any) -> Reach:
    """For what is made later on somebody's behalf, with what they may see by then."""
    with acting.for_person(Reach(person=user.pk)):
        found = SignInBackend().get_user(user.pk)
    return reach_of(found) if found is not None else acting.NOBODY
