"""What this room tells the rooms below it."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.permissions import Permission
from reviews.retention import queries
from reviews.retention.models import Disposal, Schedule
from scr_portal.accounts.models import Board
from scr_portal.core import clock
from scr_portal.core.reasons import Reason


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.KEEP_RETENTION, board):
        return []
    url = reverse("reviews:retention", args=[board.slug])
    return [{"label": _("What is kept"), "url": url}]


def held_reviews() -> list[QuerySet[Any]]:
    """Numbers of reviews of which nothing may be purged."""
    return [queries.held_reviews()]


def blockers(move: Any, review: Review, user: Any) -> list[Reason]:
    """Nobody reopens what the board has agreed to end."""
    if review.stage != Stage.CLOSED:
        return []
    agreed = (Disposal.State.AGREED, Disposal.State.ROWS_GONE)
    if not Disposal.objects.filter(review_id=review.pk, state__in=agreed).exists():
        return []
    return [Reason(_("The board has agreed that the keeping of this review ends."))]


def worklist(user: Any) -> list[Need]:
    decides = list(queries.boards_with(user, Permission.DECIDE_RETENTION))
    keeps = list(queries.boards_with(user, Permission.KEEP_RETENTION))
    if not keeps:
        return []
    return [*_to_decide(user, decides), *_to_look_at(user, keeps), *_holds(user, keeps)]


def _to_decide(user: Any, boards: list[Board]) -> list[Need]:
    schedules = Schedule.objects.filter(board__in=boards, state=Schedule.State.PROPOSED)
    found = [
        Need(
            text=_("Decide on the retention schedule"),
            url=reverse("reviews:retention_schedule_settle", args=[each.board.slug, each.number]),
            since=each.proposed_at,
        )
        for each in schedules.exclude(proposed_by=user).select_related("board")
    ]
    for board in boards:
        waiting = queries.disposals(board, user).filter(state=Disposal.State.PROPOSED)
        found += [
            Need(
                text=_("Decide what becomes of %(what)s") % {"what": each.reference},
                url=each.get_absolute_url(),
                since=each.proposed_at,
            )
            for each in waiting.exclude(proposed_by=user)
        ]
    return found


def _to_look_at(user: Any, boards: list[Board]) -> list[Need]:
    """One line for a board: what is over and that nothing stands in the way of."""
    found = []
    for board in boards:
        if queries.in_force(board) is None:
            continue
        over = [
            each
            for each in queries.kept(board, user)
            if each.is_due and not each.holds and not each.disposal
        ]
        if over:
            text = ngettext(
                "Look at %(n)d thing whose time of keeping is over",
                "Look at %(n)d things whose time of keeping is over",
                len(over),
            )
            url = reverse("reviews:retention", args=[board.slug])
            found.append(Need(text=text % {"n": len(over)}, url=url, due=over[0].due_on))
    return found


def _holds(user: Any, boards: list[Board]) -> list[Need]:
    soon = clock.today() + timedelta(days=7)
    found = []
    for board in boards:
        rows = queries.held(board, user).filter(lifted_at__isnull=True, look_again_on__lte=soon)
        for row in rows:
            found.append(
                Need(
                    text=_("Look again at the legal hold on %(what)s") % {"what": row.about},
                    url=reverse("reviews:hold_lift", args=[board.slug, row.pk]),
                    due=row.look_again_on,
                    review=row.review,
                )
            )
    return found
