import secrets
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from scr_portal.accounts import rules
from scr_portal.accounts.access import require
from scr_portal.accounts.invitations import LASTS, hashed, token_of
from scr_portal.accounts.models import Agency, Board, Invitation, User
from scr_portal.accounts.operations.roles import allowed_to, give_role, remove
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused


@transaction.atomic
def invite(
    *,
    board: Board,
    email: str,
    name: str,
    by: Any,
    role: str | None = None,
    agency: Agency | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Invitation:
    """Let somebody in, with a board role or, for a role on a review later, without.

    Whoever has an account keeps it, name included, and is only given the role; the board learns
    nothing of other boards. Raises Refused where the rules stand against the role.
    """
    require(by, rules.MANAGE_PEOPLE, board)
    user = _person(email, name, board)
    if role is None and Invitation.objects.filter(user=user, board=board, **OPEN).exists():
        raise Refused(_("This person is invited already. You can send the invitation again."))
    if role is not None:
        give_role(board=board, user=user, role=role, by=by, agency=agency, starts=starts, ends=ends)
    invitation = _issue(user, board, by)
    audit.record(kind=audit.Event.INVITED, by=by, target=invitation, label=str(user))
    return invitation


OPEN = {"accepted_at__isnull": True, "withdrawn_at__isnull": True}


def _person(email: str, name: str, board: Board) -> User:
    email = email.strip().lower()
    found = User.objects.filter(email__iexact=email).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email, None, name=name.strip(), is_active=False, is_invented=board.is_invented
            )
    except IntegrityError:
        return User.objects.get(email__iexact=email)


def _issue(user: User, board: Board | None, by: Any) -> Invitation:
    """A new token, which makes the ones before it useless; none where there is an account."""
    now = clock.now()
    waiting = not (user.is_active or user.has_usable_password())
    if waiting:
        Invitation.objects.filter(user=user, board=board, **OPEN).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        user=user,
        board=board,
        token_hash=secrets.token_hex(32),
        invited_by=by,
        invited_at=now,
        expires_at=now + LASTS,
        accepted_at=None if waiting else now,
    )
    if waiting:
        invitation.token_hash = hashed(token_of(invitation))
        invitation.save(update_fields=["token_hash"])
        collect("invited", invitation)
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, by: Any) -> Invitation:
    """Raises Refused where the person has come in meanwhile."""
    require(by, rules.MANAGE_PEOPLE, invitation.board)
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    if user.is_active or user.has_usable_password():
        raise Refused(_("This person has an account already."))
    again = _issue(user, invitation.board, by)
    audit.record(kind=audit.Event.INVITED_AGAIN, by=by, target=again, label=str(user))
    return again


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Any) -> None:
    """The roles that came with it go too. Raises Refused where it was accepted meanwhile."""
    require(by, rules.MANAGE_PEOPLE, invitation.board)
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.accepted_at:
        raise Refused(_("The invitation has been accepted. End the role or close the account."))
    if row.withdrawn_at:
        return
    roles = list(row.user.board_roles.active().filter(board=row.board).select_related("user"))
    if row.board and {held.role for held in roles} - set(allowed_to(by, row.board)):
        raise Refused(_("You may not end this person's role, and it would go with the invitation."))
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    for held in roles:
        remove(held, by=by)
    audit.record(kind=audit.Event.INVITATION_WITHDRAWN, by=by, target=row, label=str(row.user))


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """Open the account. The token works once, also when two requests bring it together.

    ``password`` has passed the validators already. Raises Refused for any link that is not good.
    """
    found = Invitation.objects.filter(token_hash=hashed(token)).first()
    if found is None:
        raise Refused(_("This link can no longer be used."))
    user = User.objects.select_for_update().get(pk=found.user_id)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if not invitation.is_open or user.is_active or user.has_usable_password():
        raise Refused(_("This link can no longer be used."))
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    Invitation.objects.filter(user=user, **OPEN).update(accepted_at=clock.now())
    audit.record(kind=audit.Event.INVITATION_ACCEPTED, by=user, target=invitation, label=str(user))
    return user


def record_refused_link(token: str) -> None:
    """The visitor sees one page for every reason; the history keeps which it was."""
    found = Invitation.objects.filter(token_hash=hashed(token)).select_related("user").first()
    audit.record(
        kind=audit.Event.INVITATION_REFUSED,
        by=None,
        target=found,
        label=str(found.user) if found else "",
        changes={"reason": _reason(found)},
    )


def _reason(invitation: Invitation | None) -> str:
    if invitation is None:
        return _("there is no such invitation")
    if invitation.withdrawn_at:
        return _("it was withdrawn")
    if invitation.accepted_at:
        return _("it was used before")
    return _("it had expired")
