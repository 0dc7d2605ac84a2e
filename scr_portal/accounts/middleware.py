"""What stands between a session and the pages: its time, its second factor, no copies kept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from scr_portal.accounts import sessions
from scr_portal.accounts.models import User
from scr_portal.audit import operations as audit

Next = Callable[[HttpRequest], HttpResponse]


def asks_for_json(request: HttpRequest) -> bool:
    """A script of ours asks, not a person: a redirect to a page would tell it nothing."""
    return (
        "application/json" in request.headers.get("Accept", "")
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )


def _is_for_anybody(view: Any) -> bool:
    """A page for people without an account, or whose way in is a letter's link."""
    return getattr(view, "access", "") in {"public", "guest"}


def _view_of(request: HttpRequest) -> Any:
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


class _Middleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SessionLimits(_Middleware):
    """Idle and longest time; a closed account is out with its next request."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Kept before anybody asks for the user: Django empties a session that no longer matches.
        pk = request.session.get(SESSION_KEY)
        if pk is not None:
            if reason := sessions.why_ended(request):
                return self.end(request, pk, str(reason))
            sessions.seen(request)
        return self.get_response(request)

    def end(self, request: HttpRequest, pk: str, reason: str) -> HttpResponse:
        person = User.objects.filter(pk=pk).first()
        audit.record(
            kind=audit.Event.SESSION_ENDED, by=person, target=person, changes={"reason": reason}
        )
        logout(request)
        if _is_for_anybody(_view_of(request)):
            return self.get_response(request)
        if asks_for_json(request):
            return JsonResponse({"error": _("Your session has ended. Sign in again.")}, status=401)
        query = {"ended": "1", REDIRECT_FIELD_NAME: self.page_of(request)}
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}")

    @staticmethod
    def page_of(request: HttpRequest) -> str:
        """Where to go on: what was posted is not an address of a page, so the page it came from."""
        if request.method in {"GET", "HEAD"}:
            return request.get_full_path()
        try:
            came_from = urlsplit(request.headers.get("Referer", ""))
        except ValueError:
            came_from = urlsplit("")
        if came_from.netloc != request.get_host():
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return urlunsplit(("", "", came_from.path or "/", came_from.query, ""))


class SecondFactor(_Middleware):
    """Where it is demanded, a session opens nothing before it has given one.

    That the person has one is not enough: a session from before they set it up, in whoever's
    browser, gave a password alone.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_DEMANDED or not request.user.is_authenticated:
            return None
        if _is_for_anybody(view) or sessions.gave_factor(request):
            return None
        asked_at = self._page_of_factor(request.user)
        open_without = "gives_factor" if asked_at else "before_factor"
        if getattr(view, open_without, False):
            return None
        if asks_for_json(request):
            return JsonResponse({"error": _("Your second factor is asked for first.")}, status=403)
        if asked_at is None:
            return HttpResponseRedirect(resolve_url("mfa_index"))
        query = urlencode({REDIRECT_FIELD_NAME: SessionLimits.page_of(request)})
        return HttpResponseRedirect(f"{resolve_url(asked_at)}?{query}")

    @staticmethod
    def _page_of_factor(user: Any) -> str | None:
        """The page that asks for one that this person has; None for who has none yet."""
        has = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        if Authenticator.Type.TOTP in has:
            return "mfa_reauthenticate"
        return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in has else None


class NoStore(_Middleware):
    """No copy of a signed-in page stays in the browser or on the way (ASVS 5, 14.3)."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.user.is_authenticated
        response = self.get_response(request)
        if before or request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
