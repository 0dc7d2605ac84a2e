from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from scr_portal.accounts import rules
from scr_portal.accounts.models import Board


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(rules.MANAGE_PEOPLE, board):
        return []
    return [
        {"label": label, "url": reverse(f"accounts:{name}", args=[board.slug])}
        for name, label in [
            ("people", _("People")),
            ("agencies", _("Agencies")),
            ("closures", _("Office closures")),
        ]
    ]
