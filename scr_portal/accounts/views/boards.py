from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from scr_portal.accounts import operations, rules
from scr_portal.accounts.access import administrator_view, board_view
from scr_portal.accounts.forms import AgencyForm, BoardForm, ClosureForm
from scr_portal.accounts.models import Agency, Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.core.reasons import Refused


@administrator_view
def boards(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if form.is_valid():
        try:
            board = operations.add_board(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The board has been added. Invite its people next."))
            return redirect("accounts:people", board.slug)
    return render(request, "accounts/boards.html", {"boards": Board.objects.all(), "form": form})


@board_view(rules.MANAGE_PEOPLE)
def agencies(request: HttpRequest, board: Board) -> HttpResponse:
    form = AgencyForm(request.POST or None)
    if form.is_valid():
        try:
            operations.add_agency(board=board, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", refused.as_error())
        else:
            messages.success(request, _("The agency has been added"))
            return redirect("accounts:agencies", board.slug)
    context = frame(request, board, form=form, agencies=board.agencies.all())
    return render(request, "accounts/agencies.html", context)


@board_view(rules.MANAGE_PEOPLE)
def agency(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = get_object_or_404(Agency.objects.select_related("board"), board=board, pk=pk)
    form = AgencyForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            operations.rename_agency(agency=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", refused.as_error())
        else:
            messages.success(request, _("The agency has a new name"))
            return redirect("accounts:agencies", board.slug)
    context = frame(request, board, form=form, agency=found)
    return render(request, "accounts/agency.html", context)


@board_view(rules.MANAGE_PEOPLE)
def closures(request: HttpRequest, board: Board) -> HttpResponse:
    form = ClosureForm(request.POST or None)
    if form.is_valid():
        try:
            operations.add_closure(
                board=board,
                on=form.cleaned_data["date"],
                name=form.cleaned_data["name"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error("date", refused.as_error())
        else:
            messages.success(request, _("The closure has been added and dates worked out anew"))
            return redirect("accounts:closures", board.slug)
    context = frame(request, board, form=form, closures=board.closures.all())
    return render(request, "accounts/closures.html", context)


@board_view(rules.MANAGE_PEOPLE)
@require_POST
def remove_closure(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = get_object_or_404(board.closures.select_related("board"), pk=pk)
    attempt(
        request,
        lambda: operations.remove_closure(closure=found, by=request.user),
        _("The closure has been removed and dates worked out anew"),
    )
    return redirect("accounts:closures", board.slug)
