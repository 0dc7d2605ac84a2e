"""The board's short form, kept by its unit and chair."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.views.posting import posted
from reviews.decisions.returns.forms.form import MoveForm, QuestionForm
from reviews.decisions.returns.models import ReturnQuestion
from reviews.decisions.returns.operations import form as operations
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.core.reasons import Refused

FOLDER = "reviews/decisions/returns"


@board_view(Permission.KEEP_REGISTERS)
def questions(request: HttpRequest, board: Board) -> HttpResponse:
    asked = operations.questions_of(board)
    retired = ReturnQuestion.objects.filter(board=board, retired_at__isnull=False)
    retired = retired.order_by("-retired_at")[:50]
    context = frame(request, board, questions=asked, retired=retired)
    return render(request, f"{FOLDER}/questions.html", context)


def _find(board: Board, pk: int) -> ReturnQuestion:
    return get_object_or_404(ReturnQuestion.objects.select_related("board"), board=board, pk=pk)


@board_view(Permission.KEEP_REGISTERS)
def question_new(request: HttpRequest, board: Board) -> HttpResponse:
    form = QuestionForm(posted(request))
    if form.is_valid():
        try:
            operations.add_question(board=board, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The question has been added at the end"))
            return redirect("reviews:return_questions", board.slug)
    return render(request, f"{FOLDER}/question.html", frame(request, board, form=form))


@board_view(Permission.KEEP_REGISTERS)
def question_edit(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _find(board, pk)
    names = ("text", "help", "kind", "required")
    form = QuestionForm(posted(request), initial={name: getattr(found, name) for name in names})
    if form.is_valid():
        try:
            operations.change_question(question=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(
                request, _("Changed. Whoever was asked before answers the question as it was")
            )
            return redirect("reviews:return_questions", board.slug)
    context = frame(request, board, form=form, question=found)
    return render(request, f"{FOLDER}/question.html", context)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def question_move(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    form, found = MoveForm(request.POST), _find(board, pk)
    up = form.is_valid() and form.cleaned_data["up"]
    attempt(
        request,
        lambda: operations.move_question(question=found, by=request.user, up=up),
        _("The order has been changed"),
    )
    return redirect("reviews:return_questions", board.slug)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def question_retire(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _find(board, pk)
    attempt(
        request,
        lambda: operations.retire_question(question=found, by=request.user),
        _("The question is not asked any more"),
    )
    return redirect("reviews:return_questions", board.slug)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def question_put_back(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    found = _find(board, pk)
    attempt(
        request,
        lambda: operations.put_back_question(question=found, by=request.user),
        _("The question is asked again, at the end of the form"),
    )
    return redirect("reviews:return_questions", board.slug)
