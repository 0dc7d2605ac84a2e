"""The end of keeping: one proposes it, a chair decides, and the portal then carries it out."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from reviews.permissions import Permission
from reviews.retention import queries
from reviews.retention.kinds import KINDS
from reviews.retention.models import Disposal
from reviews.retention.operations.holding import locked
from reviews.retention.operations.scheduling import deciders
from reviews.retention.queries import Kept
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import acting, clock, outbox
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind as Told
from scr_portal.notifications.operations import notify


def _locked(kept: Kept, by: Any, permission: Permission) -> Kept:
    """As it stands now, under the locks of its board and its own. Raises Refused if gone."""
    board = Board.objects.select_for_update().get(pk=kept.thing.board_id)
    require(by, permission, board)
    locked(board, by, **kept.ways)
    found = queries.one(board, by, kept.key)
    if found is None:
        raise Refused(_("It was reopened, or it has come to its end already."))
    return found


def against(kept: Kept) -> list[str]:
    """What stands in the way today."""
    found = [
        _("A legal hold stands, asked for by %(who)s.") % {"who": hold.asked_by}
        for hold in kept.holds
    ]
    if not kept.is_due:
        found.append(_("Its time is not over, or the board has agreed no schedule."))
    return found


@transaction.atomic
def propose(*, kept: Kept, act: str, reason: str, by: Any) -> Disposal:
    """Raises Refused while a hold stands, before its time, and where it is proposed already."""
    kept = _locked(kept, by, Permission.KEEP_RETENTION)
    if kept.disposal:
        raise Refused(_("Its end is proposed already."))
    if (reasons := against(kept)) or kept.due_on is None:
        raise Refused(reasons)
    if act not in KINDS[kept.kind].acts:
        raise Refused(_("This can’t be done with it."))
    if not reason.strip():
        raise Refused(_("Say what you have looked at."))
    board = kept.thing.board
    with acting.for_portal("finding the next number of a board"):
        last = Disposal.objects.filter(board=board).aggregate(last=Max("number"))["last"] or 0
    made = Disposal.objects.create(
        board=board,
        number=last + 1,
        kind=kept.kind,
        act=act,
        review_id=kept.thing.pk if kept.review else None,
        received_id=None if kept.review else kept.thing.pk,
        reference=kept.label,
        due_on=kept.due_on,
        rule=kept.rule[:400],
        proposed_by=by,
        proposed_at=clock.now(),
        reason=reason.strip(),
    )
    record(audit.Event.KEEPING_END_PROPOSED, by, made)
    notify(
        to=deciders(board, but=by),
        kind=Told.KEEPING_TO_DECIDE,
        key=f"disposal:{made.pk}",
        link=made.get_absolute_url(),
        board=board,
    )
    return made


def record(kind: audit.Event, by: Any, row: Disposal, **changes: Any) -> None:
    """In the chain of the review, which outlives it; of a referral in the portal's."""
    changes["act"] = str(row.get_act_display()).lower()
    audit.record(
        kind=kind, by=by, target=row, board=row.board, label=row.reference, changes=changes
    )


@transaction.atomic
def settle(*, disposal: Disposal, is_agreed: bool, reason: str, by: Any) -> Disposal:
    """Raises Refused for who proposed it, where it is decided, and while a hold stands."""
    board = Board.objects.select_for_update().get(pk=disposal.board_id)
    require(by, Permission.DECIDE_RETENTION, board)
    disposal = Disposal.objects.select_related("board", "proposed_by").get(pk=disposal.pk)
    if disposal.state != Disposal.State.PROPOSED:
        raise Refused(_("This has been decided already."))
    if disposal.proposed_by_id == by.pk:
        raise Refused(_("You proposed this. Somebody else must decide on it."))
    if is_agreed:
        _refuse_what_stands(disposal, by)
    elif not reason.strip():
        raise Refused(_("Say why you do not agree."))
    disposal.state = Disposal.State.AGREED if is_agreed else Disposal.State.REFUSED
    disposal.settled_by, disposal.settled_at = by, clock.now()
    disposal.settled_reason = reason.strip()
    disposal.save()
    agreed = audit.Event.KEEPING_END_AGREED if is_agreed else audit.Event.KEEPING_END_REFUSED
    record(agreed, by, disposal)
    notify(
        to=[disposal.proposed_by],
        kind=Told.KEEPING_SETTLED,
        key=f"disposal:{disposal.pk}:settled",
        link=disposal.get_absolute_url(),
        board=board,
    )
    if is_agreed:
        nudge(disposal)
    return disposal


def nudge(disposal: Disposal) -> None:
    from reviews.retention import tasks

    outbox.nudge(tasks.carry_out, disposal.pk)


def _refuse_what_stands(disposal: Disposal, by: Any) -> None:
    found = queries.one(disposal.board, by, key_of(disposal))
    if found is None:
        raise Refused(_("It was reopened, or it is not there any more. Do not agree to it."))
    locked(disposal.board, by, **found.ways)
    if reasons := against(found):
        raise Refused(reasons)


def key_of(disposal: Disposal) -> str:
    if disposal.review_id:
        return f"review-{disposal.review_id}"
    return f"referral-{disposal.received_id}"
