from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from scr_portal.accounts import rules
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board, BoardRole, Invitation, Session, User
from scr_portal.accounts.operations.roles import allowed_to, hold, is_last
from scr_portal.audit import operations as audit
from scr_portal.core.reasons import Refused


@transaction.atomic
def close_account(*, user: User, board: Board, by: Any) -> None:
    """The person is out with the next request. Raises Refused with the reason."""
    require(by, rules.MANAGE_PEOPLE, board)
    hold(board)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return
    if user.pk == by.pk:
        raise Refused(_("Nobody closes their own account."))
    _refuse_unless_ours(user, board, by)
    for held in user.board_roles.active().select_related("user"):
        if is_last(held):
            raise Refused(
                _("This person is the only one with the role %(role)s. Give it to another first.")
                % {"role": held.get_role_display()}
            )
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(kind=audit.Event.ACCOUNT_CLOSED, by=by, target=user, board=board)


@transaction.atomic
def reopen_account(*, user: User, board: Board, by: Any) -> None:
    """Raises Refused for an account that never was open: that wants an invitation."""
    require(by, rules.MANAGE_PEOPLE, board)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        return
    if not user.has_usable_password():
        raise Refused(_("This person has not come in yet. Send the invitation again."))
    _refuse_unless_ours(user, board, by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(kind=audit.Event.ACCOUNT_REOPENED, by=by, target=user, board=board)


def _refuse_unless_ours(user: User, board: Board, by: Any) -> None:
    """An account may serve several boards: one of them does not close it for the others, nor does
    somebody close the account of a person whose role they could not end.
    """
    if by.is_superuser:
        return
    roles = BoardRole.objects.filter(user=user)
    invited = Invitation.objects.filter(user=user, withdrawn_at__isnull=True)
    elsewhere = roles.exclude(board=board).exists() or invited.exclude(board=board).exists()
    held = roles.active().filter(board=board).values_list("role", flat=True)
    if elsewhere or user.is_superuser or set(held) - set(allowed_to(by, board)):
        raise Refused(
            _("Only a system administrator can do this. You can end a role on your board instead.")
        )


@transaction.atomic
def renew_second_factor(*, user: User, by: Any) -> None:
    """For a lost phone: the person sets one up again. An administrator's act, since whoever takes
    a second factor away could come in as somebody else. Raises Refused for anybody else.
    """
    if not by.is_superuser or user.pk == by.pk:
        raise Refused(_("Only another system administrator can do this."))
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise Refused(_("This person has no second factor."))
    sessions_ended(user)
    audit.record(
        kind=audit.Event.FACTOR_CHANGED,
        by=by,
        target=user,
        changes={"what": _("all of %(name)s removed") % {"name": user}},
    )


@transaction.atomic
def sign_out_everywhere(*, by: Any) -> User:
    """Every session of this person ends; whoever asked keeps theirs through the view."""
    audit.record(kind=audit.Event.SIGNED_OUT_EVERYWHERE, by=by, target=by)
    return sessions_ended(by)


@transaction.atomic
def end_session(*, key: str, by: Any) -> bool:
    """One of this person's own. False where it was over already, or is somebody else's."""
    ended, _rows = Session.objects.filter(user=by, session_key=key).delete()
    if ended:
        reason = _("it was ended from another device")
        audit.record(kind=audit.Event.SESSION_ENDED, by=by, target=by, changes={"reason": reason})
    return bool(ended)


def sessions_ended(user: Any) -> User:
    """The person as every session has to know them from now on."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def change_profile(*, by: Any, name: str, mail: str) -> None:
    user = User.objects.select_for_update().get(pk=by.pk)
    changed = [
        field
        for field, value in {"name": name, "mail": mail}.items()
        if getattr(user, field) != value
    ]
    if not changed:
        return
    user.name, user.mail = name, mail
    user.save(update_fields=changed)
    audit.record(
        kind=audit.Event.PROFILE_CHANGED, by=user, target=user, changes={"fields": changed}
    )
