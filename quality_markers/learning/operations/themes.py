from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.learning.models import Theme
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_theme(*, board: Board, name: str, by: Any) -> Theme:
    """Raises Refused where the board uses one of that name; a second click finds it so."""
    board = _locked(board, by)
    _refuse_a_second(board, name)
    made = Theme.objects.create(board=board, name=name)
    audit.record(kind=audit.Event.BOARD_THEME_ADDED, by=by, target=made)
    return made


@transaction.atomic
def retire_theme(*, theme: Theme, by: Any) -> None:
    """What has it keeps it; nothing new is given it."""
    _locked(theme.board, by)
    theme = Theme.objects.get(pk=theme.pk)
    if theme.retired_at:
        return
    theme.retired_at = clock.now()
    theme.save(update_fields=["retired_at"])
    audit.record(kind=audit.Event.BOARD_THEME_RETIRED, by=by, target=theme)


@transaction.atomic
def put_back_theme(*, theme: Theme, by: Any) -> None:
    """Raises Refused where another of that name is in use by now."""
    board = _locked(theme.board, by)
    theme = Theme.objects.get(pk=theme.pk)
    if not theme.retired_at:
        return
    _refuse_a_second(board, theme.name)
    theme.retired_at = None
    theme.save(update_fields=["retired_at"])
    audit.record(kind=audit.Event.BOARD_THEME_PUT_BACK, by=by, target=theme)


def _locked(board: Board, by: Any) -> Board:
    board = Board.objects.select_for_update().get(pk=board.pk)
    require(by, Permission.KEEP_REGISTERS, board)
    return board


def _refuse_a_second(board: Board, name: str) -> None:
    if Theme.objects.filter(board=board, name__iexact=name, retired_at=None).exists():
        raise Refused(_("The board has this theme already."))
