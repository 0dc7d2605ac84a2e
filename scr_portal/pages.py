from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.permissions import Permission
from scr_portal.accounts.access import public, signed_in
from scr_portal.accounts.models import Board
from scr_portal.navigation import boards_of


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@public
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/cookies.html")


@signed_in
@require_safe
def own_boards(request: HttpRequest) -> HttpResponse:
    """What the header has no room for where somebody looks after many boards."""
    found = sorted(boards_of(request.user), key=lambda one: one[0].name)
    context = {
        "rows": [_row(board, held) for board, held in found],
        "columns": [_("Board"), _("Referrals"), _("Its work in the background")],
    }
    return render(request, "pages/own_boards.html", context)


def _row(board: Board, held: set[str]) -> list[Any]:
    people: Any = board.name
    if Permission.MANAGE_PEOPLE in held:
        people = {"text": board.name, "url": reverse("accounts:people", args=[board.slug])}
    referrals: Any = ""
    if Permission.OPEN in held:
        received = reverse("reviews:received_referrals", args=[board.slug])
        referrals = {"text": _("Sent in"), "url": received}
    jobs: Any = ""
    if Permission.SEE_JOBS in held:
        jobs = {"text": _("Jobs"), "url": reverse("notifications:jobs", args=[board.slug])}
    return [people, referrals, jobs]
