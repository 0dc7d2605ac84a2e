from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scr_portal.accounts.models import Board
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused


def frame(request: HttpRequest, board: Board, **context: Any) -> dict[str, Any]:
    """What templates/accounts/base.html needs beside a page's own."""
    if request.user.is_superuser:
        crumbs = [{"label": _("Boards"), "url": reverse("accounts:boards")}]
    else:
        crumbs = [{"label": _("Home"), "url": reverse("home")}]
    return {"board": board, "rooms": _rooms(request, board), "crumbs": crumbs, **context}


def _rooms(request: HttpRequest, board: Board) -> list[dict[str, Any]]:
    """The board's own pages, those of other rooms among them: each says who may enter it."""
    rooms = collect("board_rooms", board, request.user)
    here = request.path
    nearest = max(
        (room["url"] for room in rooms if here.startswith(room["url"])), key=len, default=""
    )
    return [{**room, "active": room["url"] == nearest} for room in rooms]


def attempt(request: HttpRequest, act: Callable[[], Any], done: str | Promise) -> bool:
    """Try an act that has no form: its reasons, or that it is done, stand on the next page."""
    try:
        act()
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return False
    messages.success(request, str(done))
    return True
