"""The history of second factors.

allauth's adapters have hooks for signing in and passwords but none for a factor that was added,
removed or failed; its signals are the only complete source. These are the portal's only receivers,
connected where the pages that send them are listed (sign_in_urls.py).
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.utils.translation import gettext as _

from scr_portal.accounts.operations import people
from scr_portal.audit import operations as audit


def _named(authenticator: Authenticator) -> str:
    return str(Authenticator.Type(authenticator.type).label)


def added(*, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Who set one up has it at hand; the session's other browsers have to show it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _end_other_sessions(request, user)
    _record(user, _("%(factor)s added") % {"factor": _named(authenticator)})


def removed(*, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    _end_other_sessions(request, user)
    _record(user, _("%(factor)s removed") % {"factor": _named(authenticator)})


def reset(*, request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    _end_other_sessions(request, user)
    _record(user, _("%(factor)s made anew") % {"factor": _named(authenticator)})


def failed(*, user: Any, **kwargs: Any) -> None:
    """The password was right, so this is worth more attention than a wrong password."""
    audit.record(
        kind=audit.Event.SIGN_IN_FAILED, by=None, target=user, changes={"with": "second factor"}
    )


def _end_other_sessions(request: Any, user: Any) -> None:
    """Whoever came in with what has now changed comes in anew (ASVS 5, 7.4.3)."""
    update_session_auth_hash(request, people.sessions_ended(user))


def _record(user: Any, what: str) -> None:
    audit.record(kind=audit.Event.FACTOR_CHANGED, by=user, target=user, changes={"what": what})


def connect() -> None:
    signals.authenticator_added.connect(added, dispatch_uid="factor added")
    signals.authenticator_removed.connect(removed, dispatch_uid="factor removed")
    signals.authenticator_reset.connect(reset, dispatch_uid="factor reset")
    signals.authentication_failed.connect(failed, dispatch_uid="factor failed")
