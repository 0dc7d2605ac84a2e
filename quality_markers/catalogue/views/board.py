"""The board's page of its catalogue: what is in use, what was, and sheets that come in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.catalogue import differences, operations, queries
from quality_markers.catalogue.book import Book
from quality_markers.catalogue.forms import BeginForm, LoadForm
from quality_markers.catalogue.models import CatalogueVersion, VersionState
from quality_markers.catalogue.sheets import files, plain, yaml_sheet
from reviews.case.views.posting import posted
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.core.reasons import Refused
from scr_portal.documents import uploads

FOLDER = "quality_markers/catalogue/board"


@board_view(Permission.KEEP_REGISTERS)
def board_catalogue(request: HttpRequest, board: Board) -> HttpResponse:
    current = CatalogueVersion.objects.current(board)
    context = frame(
        request,
        board,
        current=current,
        draft=queries.draft_of(board),
        newer=queries.newer_than(current) if current and current.board_id else None,
        versions=queries.of_board(board).select_related("based_on", "imported_by"),
        kinds=files.Kind.choices,
    )
    return render(request, f"{FOLDER}/versions.html", context)


@board_view(Permission.KEEP_REGISTERS)
def board_catalogue_begin(request: HttpRequest, board: Board) -> HttpResponse:
    form = BeginForm(posted(request), board=board)
    if form.is_valid():
        chosen = {"based_on": form.cleaned_data["based_on"]}
        chosen["keep_own"] = form.cleaned_data.get("keep_own", False)
        try:
            operations.begin(board=board, by=request.user, **chosen)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The draft is begun. Nobody else sees it yet."))
            return redirect("quality_markers:board_draft", board.slug)
    context = frame(request, board, form=form)
    return render(request, f"{FOLDER}/begin.html", context)


@board_view(Permission.KEEP_REGISTERS)
@uploads.takes_files
def board_catalogue_load(request: HttpRequest, board: Board) -> HttpResponse:
    """A dry run first: the page says what would change, and nothing has."""
    problem = uploads.problem(request) if request.method == "POST" else ""
    data = posted(request)
    form = LoadForm(data, request.FILES if data is not None else None, board=board)
    if problem:
        form.add_error("file", problem)
    if form.is_valid():
        return _dry_run(request, board, form.cleaned_data["file"], form.cleaned_data["against"])
    return render(request, f"{FOLDER}/load.html", frame(request, board, form=form))


def _dry_run(
    request: HttpRequest, board: Board, book: Book, against: CatalogueVersion | None
) -> HttpResponse:
    old = queries.book_of(against) if against else Book("", (), (), framework=book.framework)
    context = frame(
        request,
        board,
        book=book,
        against=against,
        differences=differences.between(old, book),
        sheet=yaml_sheet.write(plain.plain(book)).decode(),
        draft=queries.draft_of(board),
    )
    return render(request, f"{FOLDER}/dry_run.html", context)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def board_catalogue_keep(request: HttpRequest, board: Board) -> HttpResponse:
    """What the dry run showed, as the board's draft."""

    def act() -> None:
        book = files.read(request.POST.get("sheet", "").encode())
        operations.load(board=board, book=book, by=request.user)

    if attempt(request, act, _("The sheet is loaded as a draft. Nobody else sees it yet.")):
        return redirect("quality_markers:board_draft", board.slug)
    return redirect("quality_markers:board_catalogue", board.slug)


def _own(board: Board, pk: int) -> CatalogueVersion:
    versions = CatalogueVersion.objects.exclude(state=VersionState.DRAFT)
    return get_object_or_404(versions.select_related("board"), board=board, pk=pk)


@board_view(Permission.KEEP_REGISTERS)
def board_catalogue_retire(request: HttpRequest, board: Board, version: int) -> HttpResponse:
    found = _own(board, version)
    if request.method == "POST":
        attempt(
            request,
            lambda: operations.retire(version=found, by=request.user),
            _("Retired. New reviews begin with the catalogue for every board."),
        )
        return redirect("quality_markers:board_catalogue", board.slug)
    context: dict[str, Any] = frame(request, board, version=found)
    context["instead"] = CatalogueVersion.objects.current()
    return render(request, f"{FOLDER}/retire.html", context)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def board_catalogue_take_up(request: HttpRequest, board: Board, version: int) -> HttpResponse:
    found = _own(board, version)
    attempt(
        request,
        lambda: operations.take_up(version=found, by=request.user),
        _("New reviews of the board begin with this version."),
    )
    return redirect("quality_markers:board_catalogue", board.slug)
