"""Links that the unit gives to professionals outside, so that they can refer a case."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.views.posting import posted
from reviews.decisions.referrals import operations
from reviews.decisions.referrals.forms.settling import AskForm
from reviews.decisions.referrals.queries.received import links_of
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.core.reasons import Refused
from scr_portal.guests.models import GuestLink

PER_PAGE = 25


@board_view(Permission.OPEN)
def links(request: HttpRequest, board: Board) -> HttpResponse:
    form = AskForm(posted(request))
    if form.is_valid():
        operations.ask_outside(board=board, by=request.user, **form.cleaned_data)
        messages.success(request, _("The link is on its way"))
        return redirect("reviews:referral_links", board.slug)
    page = Paginator(links_of(board), PER_PAGE).get_page(request.GET.get("page"))
    context = frame(request, board, form=form, page=page)
    return render(request, "reviews/decisions/referrals/links.html", context)


@board_view(Permission.OPEN)
@require_POST
def more(request: HttpRequest, board: Board, link: int) -> HttpResponse:
    return _act(request, board, link, operations.more_time, _("The link was sent again"))


@board_view(Permission.OPEN)
@require_POST
def withdraw(request: HttpRequest, board: Board, link: int) -> HttpResponse:
    return _act(request, board, link, operations.withdraw_link, _("The link was withdrawn"))


def _act(request: HttpRequest, board: Board, link: int, act: Any, done: str) -> HttpResponse:
    row: GuestLink = get_object_or_404(links_of(board).select_related("board"), pk=link)
    try:
        act(link=row, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("reviews:referral_links", board.slug)
