"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.permissions import Permission
from scr_portal.accounts.models import Board


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.KEEP_REGISTERS, board):
        return []
    url = reverse("quality_markers:board_catalogue", args=[board.slug])
    return [{"label": _("Quality markers"), "url": url}]
