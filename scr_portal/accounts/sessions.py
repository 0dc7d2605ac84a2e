"""How long a session lasts: idle and at most. Times stand in the session as seconds."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BEGAN = "began_at"
SEEN = "seen_at"
# Written this often at most. A coarser step would end a session that much before its time.
STEP = 15


def now() -> float:
    return timezone.now().timestamp()


def begin(request: HttpRequest) -> None:
    request.session[BEGAN] = request.session[SEEN] = now()


def seen(request: HttpRequest) -> None:
    if BEGAN not in request.session:
        begin(request)
    elif now() - request.session.get(SEEN, 0) >= STEP:
        request.session[SEEN] = now()


def gave_factor(request: HttpRequest) -> bool:
    """Whether this session gave a second factor: at its sign-in, since, or by setting one up."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record.get("method") == "mfa" for record in records)


def why_ended(request: HttpRequest) -> str | Promise | None:
    """Why the session of somebody who had signed in is over, or None."""
    session: Any = request.session
    if not request.user.is_authenticated:
        matches = SESSION_KEY in session
        return _("the account was closed") if matches else _("it was ended from another device")
    if BEGAN not in session:
        return None
    if now() - session[BEGAN] >= settings.SESSION_ABSOLUTE_SECONDS:
        return _("it had lasted its longest")
    if now() - session.get(SEEN, 0) >= settings.SESSION_IDLE_SECONDS:
        return _("nothing had happened for a while")
    return None
