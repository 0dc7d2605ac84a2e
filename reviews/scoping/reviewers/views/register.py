"""The board's own page: its register of reviewers."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.scoping.reviewers import queries
from reviews.scoping.reviewers.forms import (
    FilterForm,
    ReferenceForm,
    ReviewerForm,
    initial_of_reviewer,
    register_choices,
)
from reviews.scoping.reviewers.models import Reviewer
from reviews.scoping.reviewers.operations import register as operations
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.drafts.restoring import restore_into

PAGE = 25
ONE_FORM = "reviews/scoping/reviewers/register_form.html"


@board_view(Permission.KEEP_REGISTERS)
def register(request: HttpRequest, board: Board) -> HttpResponse:
    form = FilterForm(request.GET if request.GET else {"state": queries.STATES[0]})
    wanted = register_choices(form)
    found = queries.register(board, **wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    work = queries.at_work(list(page), request.user)
    for row in page:
        row.work = work.get(row.pk)  # type: ignore[attr-defined]
    filtered = bool(wanted["q"]) or wanted["state"] != queries.STATES[0]
    context = frame(request, board, filter=form, filtered=filtered, page=page)
    return render(request, "reviews/scoping/reviewers/register.html", context)


def _back(board: Board, reviewer: Reviewer | None = None) -> str:
    if reviewer is None:
        return reverse("reviews:register", args=[board.slug])
    return reverse("reviews:reviewer", args=[board.slug, reviewer.pk])


def _fetch(board: Board, pk: int) -> Reviewer:
    return get_object_or_404(board.reviewers.select_related("board", "user"), pk=pk)


def _entry_page(
    request: HttpRequest, board: Board, form: Any, act: Callable[..., Any], **context: Any
) -> HttpResponse:
    shown = frame(request, board, button=_("Save"), **context)
    return form_page(request, form, act, template=ONE_FORM, **shown)


@board_view(Permission.KEEP_REGISTERS)
def register_new(request: HttpRequest, board: Board) -> HttpResponse:
    key = f"reviewer:{board.pk}:new"
    form = ReviewerForm(posted(request), initial=restore_into(request, key))

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.add_reviewer(board=board, by=by, **fields)

    return _entry_page(
        request,
        board,
        form,
        act,
        heading=_("Add a reviewer"),
        done=_("The register has a new entry."),
        back=_back(board),
        draft_key=key,
    )


@board_view(Permission.KEEP_REGISTERS)
def reviewer(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    """The entry, its references, and what the person has on; references are added below."""
    found = _fetch(board, pk)
    form = ReferenceForm(posted(request))

    def act(**fields: Any) -> None:
        operations.add_reference(reviewer=found, **fields)

    context = frame(
        request,
        board,
        reviewer=found,
        references=found.references.select_related("by"),
        work=queries.at_work([found], request.user).get(found.pk),
    )
    return form_page(
        request,
        form,
        act,
        done=_("The reference has been added."),
        back=_back(board, found),
        template="reviews/scoping/reviewers/reviewer.html",
        **context,
    )


@board_view(Permission.KEEP_REGISTERS)
def reviewer_edit(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _fetch(board, pk)
    key = f"reviewer:{board.pk}:{found.pk}"
    initial = initial_of_reviewer(found) | (restore_into(request, key) or {})
    form = ReviewerForm(posted(request), initial=initial)

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.change_reviewer(reviewer=found, version=version or 0, by=by, **fields)

    return _entry_page(
        request,
        board,
        form,
        act,
        heading=found.name,
        done=_("The entry is saved."),
        back=_back(board, found),
        draft_key=key,
    )


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def reviewer_retire(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _fetch(board, pk)
    attempt(
        request,
        lambda: operations.retire(reviewer=found, by=request.user),
        _("%(who)s is retired from the register. What they declared and agreed stays.")
        % {"who": found},
    )
    return redirect(_back(board, found))


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def reviewer_return(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _fetch(board, pk)
    attempt(
        request,
        lambda: operations.take_again(reviewer=found, by=request.user),
        _("%(who)s is in the register again.") % {"who": found},
    )
    return redirect(_back(board, found))


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def reference_remove(request: HttpRequest, board: Board, pk: int, reference: int) -> HttpResponse:
    found = _fetch(board, pk)
    attempt(
        request,
        lambda: operations.remove_reference(reviewer=found, pk=reference, by=request.user),
        _("The reference has been removed."),
    )
    return redirect(_back(board, found))
