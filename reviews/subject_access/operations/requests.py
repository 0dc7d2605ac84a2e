"""A request comes in, its identity is checked, its time is extended."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from reviews.case.operations.changing import change as changed_in
from reviews.permissions import Permission
from reviews.subject_access import rules
from reviews.subject_access.models import AccessRequest
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board, User
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused

State = AccessRequest.State


def record(kind: audit.Event, by: Any, request: AccessRequest, **changes: Any) -> None:
    audit.record(kind=kind, by=by, target=request, board=request.board, changes=changes)


def locked(request: AccessRequest, by: Any, *states: State) -> AccessRequest:
    """Raises PermissionDenied, and Refused where it is at none of the states."""
    board = Board.objects.select_for_update().get(pk=request.board_id)
    require(by, Permission.ANSWER_ACCESS, board)
    found = AccessRequest.objects.select_related("board", "put_by", "by").get(pk=request.pk)
    if found.state not in states:
        raise Refused(_("The request has gone on since you opened this page."))
    return found


@transaction.atomic
def ask(
    *,
    board: Board,
    who: str,
    name: str,
    also_called: str,
    email: str,
    asks_for: str,
    received_on: date,
    received_how: str,
    token: str,
    by: Any,
) -> AccessRequest:
    """One for one sending of the form. Raises Refused for a day to come and an unknown account."""
    board = Board.objects.select_for_update().get(pk=board.pk)
    require(by, Permission.ANSWER_ACCESS, board)
    if found := AccessRequest.objects.filter(token=token).first():
        return found
    if received_on > clock.today():
        raise Refused(_("The day it came can't lie in the future."))
    last = AccessRequest.objects.filter(board=board).aggregate(last=Max("number"))["last"] or 0
    made = AccessRequest.objects.create(
        board=board,
        number=last + 1,
        who=who,
        name=name.strip(),
        also_called="\n".join([*rules.listed(also_called), *([email] if email else [])]),
        user=_account(board, email) if who == AccessRequest.Who.PROFESSIONAL else None,
        asks_for=asks_for.strip(),
        received_on=received_on,
        received_how=received_how.strip(),
        due_on=rules.due_on(received_on=received_on, asked_on=None, confirmed_on=None),
        token=token,
        by=by,
        at=clock.now(),
    )
    record(audit.Event.BOARD_ACCESS_ASKED, by, made)
    return made


def _account(board: Board, email: str) -> Any:
    """Of somebody whom this board knows; what people do elsewhere stays there."""
    from reviews.case.queries import known_to

    known = known_to(board).values("pk")
    return User.objects.filter(pk__in=known, email__iexact=email).first() if email else None


@transaction.atomic
def change(
    *,
    request: AccessRequest,
    version: int,
    identity_asked_on: date | None,
    identity_on: date | None,
    identity_how: str,
    by: Any,
) -> AccessRequest:
    """How the identity was checked; the day it is due follows. Raises Stale and Refused."""
    request = locked(request, by, State.OPEN)
    days = [each for each in (identity_asked_on, identity_on) if each]
    if any(each > clock.today() for each in days):
        raise Refused(_("These days can't lie in the future."))
    if any(each < request.received_on for each in days):
        raise Refused(_("These days can't lie before the request came."))
    if identity_on and not identity_how.strip():
        raise Refused(_("Say how the identity was confirmed."))
    due = rules.due_on(
        received_on=request.received_on, asked_on=identity_asked_on, confirmed_on=identity_on
    )
    fields = {
        "identity_asked_on": identity_asked_on,
        "identity_on": identity_on,
        "identity_how": identity_how.strip(),
        "due_on": rules.longest(due) if request.extended_on else due,
    }
    if names := changed_in(request, version, fields):
        record(audit.Event.BOARD_ACCESS_CHANGED, by, request, fields=names)
    return request


@transaction.atomic
def extend(*, request: AccessRequest, told_on: date, reason: str, by: Any) -> AccessRequest:
    """Two months more; the person must be told within the first. Raises Refused otherwise."""
    request = locked(request, by, State.OPEN, State.PUT)
    if request.extended_on:
        raise Refused(_("It was extended already, and can't be a second time."))
    if told_on > clock.today() or told_on < request.received_on:
        raise Refused(_("The day you told them lies between the request and today."))
    if told_on > request.due_on:
        raise Refused(
            _("They must be told by %(day)s (%(source)s).")
            % {"day": on_screen(request.due_on), "source": rules.SOURCE}
        )
    if not reason.strip():
        raise Refused(_("Say why more time is needed."))
    request.extended_on, request.extended_reason = told_on, reason.strip()
    request.due_on = rules.longest(request.due_on)
    request.version += 1
    request.save(update_fields=["extended_on", "extended_reason", "due_on", "version"])
    record(audit.Event.BOARD_ACCESS_EXTENDED, by, request, until=str(request.due_on))
    return request
