from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.permissions import Permission
from scr_portal.accounts.models import Board


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.SEE_REFUSALS, board):
        return []
    return [{"label": _("Refusals"), "url": reverse("reviews:refusals", args=[board.slug])}]
