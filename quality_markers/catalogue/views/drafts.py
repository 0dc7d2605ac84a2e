"""The board's draft: its own questions and guidance at each marker, until it is published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.catalogue import differences, operations, queries
from quality_markers.catalogue.forms import GuidanceForm, PublishForm, QuestionForm
from quality_markers.catalogue.models import LOCAL, CatalogueVersion, Marker, Question
from quality_markers.catalogue.sheets.plain import digest
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.drafts.restoring import restore_into

FOLDER = "quality_markers/catalogue/board"


@board_view(Permission.KEEP_REGISTERS)
def board_draft(request: HttpRequest, board: Board) -> HttpResponse:
    draft = queries.draft_of(board)
    if draft is None:
        return _no_draft(board)
    context = frame(request, board, draft=draft, markers=queries.own_words(draft))
    return render(request, f"{FOLDER}/draft.html", context)


def _no_draft(board: Board) -> HttpResponse:
    """Published or discarded by somebody else: the page of all versions says which."""
    return redirect("quality_markers:board_catalogue", board.slug)


def _marker(board: Board, number: int) -> Marker:
    markers = Marker.objects.select_related("version__board")
    return get_object_or_404(markers, version__board=board, version__state="draft", number=number)


def _question(board: Board, number: int, question: int) -> Question:
    marker = _marker(board, number)
    found = get_object_or_404(marker.questions, number=question, number__gt=LOCAL)
    found.marker = marker
    return found


def _back(board: Board, marker: Marker) -> str:
    return reverse("quality_markers:board_draft_marker", args=[board.slug, marker.number])


@board_view(Permission.KEEP_REGISTERS)
def board_draft_marker(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    """The guidance is written here; a question on a page of its own."""
    marker = _marker(board, number)
    key = f"catalogue-guidance:{marker.pk}"
    initial = {"local_guidance": marker.local_guidance, "version": marker.revision}
    form = GuidanceForm(posted(request), initial=initial | (restore_into(request, key) or {}))

    def act(by: Any, local_guidance: str, version: int | None) -> None:
        operations.change_guidance(marker=marker, text=local_guidance, version=version or 0, by=by)

    questions = marker.questions.select_related("marker").order_by("number")
    before, after = queries.beside(marker)
    context = frame(
        request,
        board,
        marker=marker,
        questions=questions,
        before=before,
        after=after,
        draft_key=key,
        button=_("Save the guidance"),
    )
    return form_page(
        request,
        form,
        act,
        done=_("The guidance is saved in the draft."),
        back=_back(board, marker),
        template=f"{FOLDER}/marker.html",
        **context,
    )


def _question_page(
    request: HttpRequest,
    board: Board,
    marker: Marker,
    form: Any,
    act: Callable[..., Any],
    **told: Any,
) -> HttpResponse:
    context = frame(request, board, marker=marker, button=_("Save the question"), **told)
    return form_page(
        request,
        form,
        act,
        done=_("The question is saved in the draft."),
        back=_back(board, marker),
        template=f"{FOLDER}/question.html",
        **context,
    )


@board_view(Permission.KEEP_REGISTERS)
def board_question_new(request: HttpRequest, board: Board, number: int) -> HttpResponse:
    marker = _marker(board, number)
    key = f"catalogue-question:{marker.pk}:new"
    form = QuestionForm(posted(request), initial=restore_into(request, key))

    def act(by: Any, text: str, version: int | None) -> None:
        operations.add_question(marker=marker, text=text, by=by)

    heading = _("Add a question of the board’s own")
    return _question_page(request, board, marker, form, act, heading=heading, draft_key=key)


@board_view(Permission.KEEP_REGISTERS)
def board_question_edit(
    request: HttpRequest, board: Board, number: int, question: int
) -> HttpResponse:
    found = _question(board, number, question)
    key = f"catalogue-question:{found.pk}"
    initial = {"text": found.text, "version": found.revision}
    form = QuestionForm(posted(request), initial=initial | (restore_into(request, key) or {}))

    def act(by: Any, text: str, version: int | None) -> None:
        operations.change_question(question=found, text=text, version=version or 0, by=by)

    heading = _("Question %(number)s") % {"number": found.reference}
    return _question_page(
        request, board, found.marker, form, act, heading=heading, draft_key=key, question=found
    )


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def board_question_remove(
    request: HttpRequest, board: Board, number: int, question: int
) -> HttpResponse:
    marker = _marker(board, number)
    found = marker.questions.filter(number=question).first()
    if found:
        found.marker = marker
        attempt(
            request,
            lambda: operations.remove_question(question=found, by=request.user),
            _("%(number)s is taken out of the draft.") % {"number": found.reference},
        )
    return redirect(_back(board, marker))


@board_view(Permission.KEEP_REGISTERS)
def board_draft_publish(request: HttpRequest, board: Board) -> HttpResponse:
    """Everything that differs from what it was made from is read before the words stand."""
    draft = queries.draft_of(board)
    if draft is None:
        return _no_draft(board)
    book = queries.book_of(draft)
    form: Any = PublishForm(posted(request), initial={"title": draft.title, "seen": digest(book)})

    def act(by: Any, title: str, seen: str) -> None:
        operations.publish(draft=draft, title=title, seen=seen, by=by)

    if carried_out(request, form, act):
        messages.success(request, _("Published. New reviews of the board begin with this version."))
        return redirect("quality_markers:board_catalogue", board.slug)
    if form.is_bound:
        # The page shows the words as they are now: sent again, they have been read.
        form.data = form.data.copy()
        form.data["seen"] = digest(book)
    against = draft.based_on or CatalogueVersion.objects.current(board)
    context = frame(request, board, form=form, draft=draft, against=against)
    if against:
        context["differences"] = differences.between(queries.book_of(against), book)
    return render(request, f"{FOLDER}/publish.html", context)


@board_view(Permission.KEEP_REGISTERS)
def board_draft_discard(request: HttpRequest, board: Board) -> HttpResponse:
    draft = queries.draft_of(board)
    if draft is None:
        return _no_draft(board)
    if request.method == "POST":
        attempt(
            request,
            lambda: operations.discard(draft=draft, by=request.user),
            _("The draft is discarded."),
        )
        return redirect("quality_markers:board_catalogue", board.slug)
    return render(request, f"{FOLDER}/discard.html", frame(request, board, draft=draft))
