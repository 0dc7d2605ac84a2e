"""An answer is put to a second person, signed off, taken and sent."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.permissions import Permission, roles_with
from reviews.subject_access import answer, queries
from reviews.subject_access.models import AccessItem, AccessPart, AccessRequest
from reviews.subject_access.operations.requests import State, locked, record
from scr_portal.accounts.models import BoardRole, User
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def against(request: AccessRequest, by: Any) -> list[str]:
    """What stands in the way of putting it to a second person."""
    if not request.searched_at:
        return [_("Search first for what is held.")]
    found = []
    for part in request.parts.select_related("review__board", "request"):
        if queries.undecided(part, by):
            found.append(
                _("Items of %(review)s are not decided yet.") % {"review": part.review.reference}
            )
        elif part.rows and not part.close_at:
            found.append(
                _("A lead reviewer or the family liaison of %(review)s goes through it first.")
                % {"review": part.review.reference}
            )
    return found


@transaction.atomic
def put(*, request: AccessRequest, by: Any) -> AccessRequest:
    """Raises Refused while something is not decided."""
    request = locked(request, by, State.OPEN)
    if reasons := against(request, by):
        raise Refused(reasons)
    request.state, request.put_by, request.put_at = State.PUT, by, clock.now()
    request.version += 1
    request.save()
    record(audit.Event.BOARD_ACCESS_PUT, by, request)
    notify(
        to=_others(request, by),
        kind=Kind.ACCESS_TO_SIGN,
        key=f"access:{request.pk}:{request.version}",
        link=request.get_absolute_url(),
        board=request.board,
    )
    return request


def _others(request: AccessRequest, by: Any) -> list[User]:
    roles = roles_with(Permission.ANSWER_ACCESS)
    held = BoardRole.objects.active().filter(board=request.board, role__in=roles)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.exclude(pk=by.pk))


@transaction.atomic
def settle(*, request: AccessRequest, is_agreed: bool, by: Any) -> AccessRequest:
    """Signed off, or returned. Raises Refused for who put it, or decided on anything in it."""
    request = locked(request, by, State.PUT)
    if request.put_by_id == by.pk:
        raise Refused(_("You prepared this. Somebody else must look at it."))
    decided = AccessItem.objects.filter(part__request=request, decided_by=by)
    if is_agreed and decided.exists():
        raise Refused(_("You decided on some of it. Somebody else must sign it off."))
    request.version += 1
    if is_agreed:
        request.state, request.signed_by, request.signed_at = State.SIGNED, by, clock.now()
        request.sha256 = answer.digest_of(request)
        kind = audit.Event.BOARD_ACCESS_SIGNED
    else:
        request.state, kind = State.OPEN, audit.Event.BOARD_ACCESS_RETURNED
    to = [request.put_by] if request.put_by else []
    request.save()
    record(kind, by, request)
    notify(
        to=to,
        kind=Kind.ACCESS_SETTLED,
        key=f"access:{request.pk}:{request.version}",
        link=request.get_absolute_url(),
        board=request.board,
    )
    return request


@transaction.atomic
def take(*, part: AccessPart | None, request: AccessRequest, by: Any) -> None:
    """The answer leaves the portal with this person; raises Refused before it is signed off."""
    if request.state not in (State.SIGNED, State.SENT):
        raise Refused(_("It is signed off first."))
    audit.record(
        kind=audit.Event.ACCESS_TAKEN,
        by=by,
        target=part or request,
        review=part.review if part else None,
        board=request.board,
        label=str(request),
    )


@transaction.atomic
def send(*, request: AccessRequest, sent_on: date, sent_how: str, by: Any) -> AccessRequest:
    request = locked(request, by, State.SIGNED)
    if sent_on > clock.today() or (request.signed_at and sent_on < request.signed_at.date()):
        raise Refused(_("It was sent between the day it was signed off and today."))
    request.state, request.sent_on, request.sent_how = State.SENT, sent_on, sent_how.strip()
    request.version += 1
    request.save()
    record(audit.Event.BOARD_ACCESS_SENT, by, request)
    return request


@transaction.atomic
def close(*, request: AccessRequest, reason: str, by: Any) -> AccessRequest:
    """Withdrawn, or refused as the law allows; the reason is kept."""
    request = locked(request, by, State.OPEN)
    if not reason.strip():
        raise Refused(_("Say why it is closed without an answer."))
    request.state, request.closed_reason = State.CLOSED, reason.strip()
    request.version += 1
    request.save()
    record(audit.Event.BOARD_ACCESS_CLOSED, by, request)
    return request
