from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.decisions.referrals.models import LearningPriority
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_priority(*, board: Board, title: str, by: Any) -> LearningPriority:
    """Raises Refused where the board has one of that name already; a second click finds it so."""
    board = Board.objects.select_for_update().get(pk=board.pk)
    require(by, Permission.KEEP_REGISTERS, board)
    if board.learning_priorities.filter(title__iexact=title, ends__isnull=True).exists():
        raise Refused(_("The board has this learning priority already."))
    row = LearningPriority.objects.create(board=board, title=title)
    audit.record(kind=audit.Event.BOARD_PRIORITY_ADDED, by=by, target=row)
    return row


@transaction.atomic
def end_priority(*, priority: LearningPriority, by: Any) -> None:
    """Referrals that name it keep it; nobody can choose it from tomorrow on."""
    require(by, Permission.KEEP_REGISTERS, priority.board)
    row = LearningPriority.objects.select_for_update().get(pk=priority.pk)
    if row.ends:
        return
    row.ends = max(clock.today(), row.starts)
    row.save(update_fields=["ends"])
    audit.record(kind=audit.Event.BOARD_PRIORITY_ENDED, by=by, target=row)
