from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scr_portal.accounts.models import Board
from scr_portal.core.reasons import Refused


def frame(request: HttpRequest, board: Board, **context: Any) -> dict[str, Any]:
    """What templates/accounts/base.html needs beside a page's own."""
    if request.user.is_superuser:
        crumbs = [{"label": _("Boards"), "url": reverse("accounts:boards")}]
    else:
        crumbs = [{"label": _("Home"), "url": reverse("home")}]
    return {"board": board, "rooms": _rooms(request, board), "crumbs": crumbs, **context}


def _rooms(request: HttpRequest, board: Board) -> list[dict[str, Any]]:
    names = {
        "people": _("People"),
        "agencies": _("Agencies"),
        "closures": _("Office closures"),
    }
    here = request.resolver_match.url_name if request.resolver_match else ""
    of_people = here not in {"agencies", "agency", "closures"}
    return [
        {
            "label": label,
            "url": reverse(f"accounts:{name}", args=[board.slug]),
            "active": of_people if name == "people" else str(here).startswith(name[:6]),
        }
        for name, label in names.items()
    ]


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
