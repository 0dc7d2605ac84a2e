from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from scr_portal.accounts import rules
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Agency, Board, BoardRole, User
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused


def allowed_to(user: Any, board: Board) -> list[str]:
    """Roles that this person may give and end on the board."""
    held = BoardRole.objects.active().filter(user=user, board=board)
    return rules.may_give(
        list(held.values_list("role", flat=True)), administrator=user.is_superuser
    )


def hold(board: Board) -> None:
    """Roles of one board change one after the other, or two ends could leave nobody."""
    Board.objects.select_for_update(of=("self",)).get(pk=board.pk)


@transaction.atomic
def give_role(
    *,
    board: Board,
    user: User,
    role: str,
    by: Any,
    agency: Agency | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> BoardRole:
    """Raises Refused where the rules stand against it, or the person holds the role already."""
    require(by, rules.MANAGE_PEOPLE, board)
    starts = starts or clock.today()
    against = rules.against_giving(
        role=role,
        starts=starts,
        ends=ends,
        allowed=allowed_to(by, board),
        to_self=user.pk == by.pk,
    )
    if against:
        raise Refused(against)
    if agency and agency.board_id != board.pk:
        raise Refused(_("Choose an agency of this board."))
    hold(board)
    given = _created(board, user, role, given_by=by, agency=agency, starts=starts, ends=ends)
    audit.record(
        kind=audit.Event.BOARD_ROLE_GIVEN,
        by=by,
        target=given,
        label=str(user),
        changes={
            "role": str(given.get_role_display()),
            "starts": str(starts),
            "ends": str(ends or ""),
        },
    )
    if user.is_active:
        collect("role_given", given)
    return given


def _created(board: Board, user: User, role: str, **fields: Any) -> BoardRole:
    taken = _("This person already has that role on the board.")
    today = clock.today()
    if BoardRole.objects.active(today).filter(user=user, board=board, role=role).exists():
        raise Refused(taken)
    try:
        with transaction.atomic():
            return BoardRole.objects.create(user=user, board=board, role=role, **fields)
    except IntegrityError:
        raise Refused(taken) from None


@transaction.atomic
def end_role(*, held: BoardRole, by: Any) -> None:
    """The door closes with the next request. A role that began today leaves no row behind,
    since the last day counts; the history says that it was given and ended.

    Raises Refused where the rules stand against it.
    """
    require(by, rules.MANAGE_PEOPLE, held.board)
    hold(held.board)
    found = BoardRole.objects.select_related("user", "board").filter(pk=held.pk).first()
    today = clock.today()
    if found is None or (found.ends and found.ends < today):
        return
    against = rules.against_ending(
        role=found.role,
        allowed=allowed_to(by, found.board),
        of_self=found.user_id == by.pk,
        last=is_last(found),
    )
    if against:
        raise Refused(against)
    remove(found, by=by)


def remove(held: BoardRole, *, by: Any) -> None:
    audit.record(
        kind=audit.Event.BOARD_ROLE_ENDED,
        by=by,
        target=held,
        label=str(held.user),
        changes={"role": str(held.get_role_display())},
    )
    collect("role_ended", held, by)
    yesterday = clock.today() - timedelta(days=1)
    if held.starts > yesterday:
        held.delete()
        return
    held.ends = yesterday
    held.save(update_fields=["ends"])


def is_last(held: BoardRole) -> bool:
    """Whether nobody else who can sign in holds this role of the board today."""
    if held.role not in rules.NEVER_VACANT:
        return False
    others = BoardRole.objects.active().filter(
        board=held.board_id, role=held.role, user__is_active=True
    )
    return not others.exclude(pk=held.pk).exists() and held.user.is_active
