from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from scr_portal.accounts import operations, queries, rules
from scr_portal.accounts.access import board_view
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.accounts.forms import GiveRoleForm
from scr_portal.accounts.models import Board, BoardRole, Invitation, User
from scr_portal.accounts.operations.roles import allowed_to
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def _found(board: Board, pk: int) -> User:
    """Somebody of another board is not found here, like somebody who does not exist."""
    return get_object_or_404(queries.people_of(board), pk=pk)


@board_view(rules.MANAGE_PEOPLE)
def person(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _found(board, pk)
    allowed = allowed_to(request.user, board)
    form = GiveRoleForm(request.POST or None, board=board, roles=allowed)
    if form.is_valid():
        try:
            operations.give_role(board=board, user=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The role has been given"))
            return redirect("accounts:person", board.slug, found.pk)
    return render(request, "accounts/person.html", _context(request, board, found, allowed, form))


def _context(
    request: HttpRequest, board: Board, found: User, allowed: list[str], form: GiveRoleForm
) -> dict[str, Any]:
    today = clock.today()
    oneself = found.pk == request.user.pk
    for role in found.roles_here:  # type: ignore[attr-defined]
        role.over = bool(role.ends and role.ends < today)
        role.may_end = not role.over and not oneself and role.role in allowed
    return frame(
        request,
        board,
        person=found,
        oneself=oneself,
        states=queries.STATES,
        invitation=queries.open_invitation(found, board),
        form=form,
        may_give=bool(allowed) and not oneself,
    )


@board_view(rules.MANAGE_PEOPLE)
def end_role(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    held = BoardRole.objects.filter(board=board, pk=pk).select_related("user", "board").first()
    if held is None:
        raise Http404
    if request.method == "POST":
        attempt(
            request,
            lambda: operations.end_role(held=held, by=request.user),
            _("The role has ended"),
        )
        return _back(board, held.user_id)
    context = frame(request, board, held=held)
    return render(request, "accounts/end_role.html", context)


def _back(board: Board, pk: int) -> HttpResponse:
    """To the person, or to the list where nothing is left of them on this board."""
    if queries.people_of(board).filter(pk=pk).exists():
        return redirect("accounts:person", board.slug, pk)
    return redirect("accounts:people", board.slug)


def _invitation(board: Board, pk: int) -> Invitation:
    found = queries.open_invitation(_found(board, pk), board)
    if found is None:
        raise Http404
    return found


@board_view(rules.MANAGE_PEOPLE)
@require_POST
def resend(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    invitation = _invitation(board, pk)
    attempt(
        request,
        lambda: operations.resend(invitation=invitation, by=request.user),
        _("A new invitation is on its way. The link of the one before no longer works."),
    )
    return _back(board, pk)


@board_view(rules.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    invitation = _invitation(board, pk)
    attempt(
        request,
        lambda: operations.withdraw(invitation=invitation, by=request.user),
        _("The invitation has been withdrawn"),
    )
    return _back(board, pk)


@board_view(rules.MANAGE_PEOPLE)
def close(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _found(board, pk)
    if request.method == "POST":
        attempt(
            request,
            lambda: operations.close_account(user=found, board=board, by=request.user),
            _("The account has been closed"),
        )
        return redirect("accounts:person", board.slug, pk)
    context = frame(request, board, person=found)
    return render(request, "accounts/close_account.html", context)


@board_view(rules.MANAGE_PEOPLE)
@require_POST
def reopen(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _found(board, pk)
    attempt(
        request,
        lambda: operations.reopen_account(user=found, board=board, by=request.user),
        _("The account is open again"),
    )
    return redirect("accounts:person", board.slug, pk)


@board_view(rules.MANAGE_PEOPLE)
@recently_confirmed
@require_POST
def renew_second_factor(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _found(board, pk)
    attempt(
        request,
        lambda: operations.renew_second_factor(user=found, by=request.user),
        _("The second factor has been removed. At the next sign-in a new one is set up."),
    )
    return redirect("accounts:person", board.slug, pk)
