from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.retention.models import Disposal, Hold, Schedule
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame

FOLDER = "reviews/retention"


def parts(board: Board, here: str) -> list[dict[str, Any]]:
    """The pages of this room, for its second row of links."""
    pages = [
        (_("What is kept"), "reviews:retention"),
        (_("Schedule"), "reviews:retention_schedule"),
        (_("Legal holds"), "reviews:holds"),
        (_("Certificates"), "reviews:disposals"),
    ]
    return [
        {"label": label, "url": reverse(name, args=[board.slug]), "active": name == here}
        for label, name in pages
    ]


def context(request: HttpRequest, board: Board, here: str, **more: Any) -> dict[str, Any]:
    own = {
        "parts": parts(board, f"reviews:{here}"),
        "may_decide": request.user.has_perm(Permission.DECIDE_RETENTION, board),
    }
    return frame(request, board, **own, **more)


def one_form(
    request: HttpRequest,
    board: Board,
    here: str,
    form: Any,
    act: Callable[..., Any],
    **more: Any,
) -> HttpResponse:
    """``more`` holds heading, button, done and back, perhaps intro, warning and facts."""
    form.stale = None
    return form_page(
        request,
        form,
        act,
        done=more.pop("done"),
        back=more.pop("back"),
        template=f"{FOLDER}/one_form.html",
        **context(request, board, here, **more),
    )


def state_of(row: Schedule | Disposal | Hold) -> dict[str, Any]:
    """A tag: red is for errors alone."""
    if isinstance(row, Hold):
        lifted = {"tag": _("Lifted"), "colour": "grey"}
        return lifted if row.lifted_at else {"tag": _("Stands"), "colour": "purple"}
    colours = {"proposed": "yellow", "agreed": "green", "done": "green"}
    return {"tag": row.get_state_display(), "colour": colours.get(row.state, "grey")}
