"""How long a session lasts: idle and at most. Times stand in the session as seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scr_portal.accounts import browsers
from scr_portal.accounts.models import Session, User

BEGAN = "began_at"
SEEN = "seen_at"
BROWSER = "browser"
# Written this often at most. A coarser step would end a session that much before its time.
STEP = 15


def now() -> float:
    return timezone.now().timestamp()


def begin(request: HttpRequest) -> None:
    request.session[BEGAN] = request.session[SEEN] = now()
    request.session[BROWSER] = browsers.named(request.headers.get("User-Agent", ""))


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
    return _over(session)


def _over(session: Any) -> str | Promise | None:
    if BEGAN not in session:
        return None
    if now() - session[BEGAN] >= settings.SESSION_ABSOLUTE_SECONDS:
        return _("it had lasted its longest")
    if now() - session.get(SEEN, 0) >= settings.SESSION_IDLE_SECONDS:
        return _("nothing had happened for a while")
    return None


@dataclass(frozen=True)
class Open:
    """A session as its person sees it. ``handle`` names it in an address, and opens nothing."""

    key: str
    handle: str
    began: datetime
    seen: datetime
    browser: str


def open_of(user: User) -> list[Open]:
    """Those that would be let in now, the one used last first; one statement."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    held = [(row.session_key, row.get_decoded()) for row in rows]
    known = user.get_session_auth_hash()
    found = [
        _as_seen(key, data)
        for key, data in held
        if BEGAN in data
        and not _over(data)
        and constant_time_compare(data.get(HASH_SESSION_KEY, ""), known)
    ]
    return sorted(found, key=lambda each: each.seen, reverse=True)


def _as_seen(key: str, data: dict[str, Any]) -> Open:
    return Open(
        key=key,
        handle=salted_hmac("scr_portal.accounts.sessions", key, algorithm="sha256").hexdigest(),
        began=datetime.fromtimestamp(data[BEGAN], UTC),
        seen=datetime.fromtimestamp(data.get(SEEN, data[BEGAN]), UTC),
        browser=_in_words(*data.get(BROWSER, ("", ""))),
    )


def _in_words(browser: str, system: str) -> str:
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A browser that does not say what it is")
