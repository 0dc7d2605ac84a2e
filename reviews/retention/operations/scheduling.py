"""A board's schedule: one proposes a whole new version, another decides."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from reviews.permissions import Permission, Role, roles_with
from reviews.retention.kinds import KINDS, LONGEST, Kind
from reviews.retention.models import Line, Schedule
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board, BoardRole, User
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind as Told
from scr_portal.notifications.operations import notify


def locked(board: Board, by: Any, permission: Permission) -> Board:
    require(by, permission, board)
    return Board.objects.select_for_update().get(pk=board.pk)


def deciders(board: Board, *, but: Any) -> list[User]:
    roles: set[Role] = set(roles_with(Permission.DECIDE_RETENTION))
    rows = BoardRole.objects.active().filter(board=board, role__in=roles)
    people = User.objects.filter(pk__in=rows.values("user"), is_active=True)
    return list(people.exclude(pk=but.pk).order_by("pk"))


@transaction.atomic
def propose_schedule(
    *, board: Board, lines: dict[str, dict[str, Any]], why: str, by: Any
) -> Schedule:
    """``lines`` by kind: months (None for good), act and source, a line for each kind.

    Raises Refused while another version waits, and for a line that says nothing.
    """
    board = locked(board, by, Permission.KEEP_RETENTION)
    versions = Schedule.objects.filter(board=board)
    if versions.filter(state=Schedule.State.PROPOSED).exists():
        raise Refused(_("A schedule waits for the chair already."))
    if set(lines) != set(Kind.values):
        raise Refused(_("Say for each kind how long it is kept."))
    for kind, said in lines.items():
        _refuse(Kind(kind), said)
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Schedule.objects.create(
        board=board, number=number, why=why.strip(), proposed_by=by, proposed_at=clock.now()
    )
    Line.objects.bulk_create(Line(schedule=made, kind=kind, **said) for kind, said in lines.items())
    audit.record(kind=audit.Event.BOARD_RETENTION_PROPOSED, by=by, target=made)
    notify(
        to=deciders(board, but=by),
        kind=Told.KEEPING_TO_DECIDE,
        key=f"schedule:{made.pk}",
        link=made.get_absolute_url(),
        board=board,
    )
    return made


def _refuse(kind: Kind, said: dict[str, Any]) -> None:
    months = said["months"]
    if months is not None and not 1 <= months <= LONGEST:
        raise Refused(_("A period is at least one month and at most 100 years."))
    if said["act"] not in KINDS[kind].acts:
        raise Refused(_("This can’t be done with: %(kind)s") % {"kind": kind.label})
    if kind == Kind.HISTORY and months is not None:
        raise Refused(_("The history is kept for good: its chain can’t be cut."))
    if not said["source"].strip():
        raise Refused(_("Say for each period what it rests on."))


@transaction.atomic
def settle_schedule(*, schedule: Schedule, is_agreed: bool, reason: str, by: Any) -> Schedule:
    """Raises Refused for who proposed it, where it was settled, and for a return without reason."""
    locked(schedule.board, by, Permission.DECIDE_RETENTION)
    schedule = Schedule.objects.select_related("board", "proposed_by").get(pk=schedule.pk)
    if schedule.state != Schedule.State.PROPOSED:
        raise Refused(_("This has been decided already."))
    if schedule.proposed_by_id == by.pk:
        raise Refused(_("You proposed this. Somebody else must decide on it."))
    if not is_agreed and not reason.strip():
        raise Refused(_("Say why you return it."))
    schedule.state = Schedule.State.AGREED if is_agreed else Schedule.State.RETURNED
    schedule.settled_by, schedule.settled_at = by, clock.now()
    schedule.reason = reason.strip()
    schedule.save()
    events = audit.Event
    kind = events.BOARD_RETENTION_AGREED if is_agreed else events.BOARD_RETENTION_RETURNED
    audit.record(kind=kind, by=by, target=schedule)
    notify(
        to=[schedule.proposed_by],
        kind=Told.KEEPING_SETTLED,
        key=f"schedule:{schedule.pk}:settled",
        link=schedule.get_absolute_url(),
        board=schedule.board,
    )
    return schedule
