"""What the board reads: improvements by theme, and figures of its reviews."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quality_markers.learning import operations, queries
from quality_markers.learning.forms import ThemeForm
from quality_markers.learning.models import Theme
from quality_markers.learning.queries import splits
from quality_markers.learning.queries.board import NONE
from quality_markers.learning.queries.figures import Row
from reviews.case.views.posting import posted
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import attempt, frame
from scr_portal.core import acting
from scr_portal.core.reasons import Refused

PER_PAGE = 25
BAR = 160  # units of the drawing


# What was gathered belongs to the board, also where the case is closed to whoever reads it.
@board_view(Permission.READ_LEARNING)
@acting.for_portal("reading what a board has learned")
@require_safe
def learning(request: HttpRequest, board: Board) -> HttpResponse:
    chosen = queries.Chosen.from_query(request.GET)
    page = Paginator(queries.learned(board, request.user, chosen), PER_PAGE)
    context = frame(
        request,
        board,
        page=page.get_page(request.GET.get("page")),
        chosen=chosen,
        chips=_chips(board, chosen),
        filters=_filters(board, request.user, chosen),
        parts=parts_of(request, board),
        may_keep=request.user.has_perm(Permission.KEEP_REGISTERS, board),
        narrowed=chosen.of_the_case or chosen.theme,
    )
    return render(request, "quality_markers/learning/board.html", context)


def parts_of(request: HttpRequest, board: Board) -> list[dict[str, Any]]:
    pages = [("learning", _("What was learned")), ("learning_figures", _("Across the reviews"))]
    if request.user.has_perm(Permission.KEEP_REGISTERS, board):
        pages.append(("learning_themes", _("Themes")))
    found = [
        {"label": label, "url": reverse(f"quality_markers:{name}", args=[board.slug])}
        for name, label in pages
    ]
    return [{**each, "active": each["url"] == request.path} for each in found]


def _chips(board: Board, chosen: queries.Chosen) -> list[dict[str, Any]]:
    rows: list[tuple[str, str]] = [("", _("All themes"))]
    rows += [(str(theme.pk), theme.name) for theme in queries.themes_of(board)]
    rows += [(NONE, _("Without a theme"))] if len(rows) > 1 else []
    return [
        {"label": label, "url": chosen.address(theme=key), "active": chosen.theme == key}
        for key, label in rows
    ]


def _filters(board: Board, user: Any, chosen: queries.Chosen) -> list[dict[str, Any]]:
    lists = queries.lists_of(board, user)
    rows = [
        ("year", _("Referred in"), _("Any year"), [(str(y), str(y)) for y in lists["years"]]),
        ("stage", _("Stage now"), _("Any stage"), [(s.value, s.label) for s in lists["stages"]]),
        ("clause", _("Criteria"), _("Any"), [(c.key, c.said) for c in lists["clauses"]]),
    ]
    return [
        {
            "name": name,
            "label": label,
            "all": every,
            "options": options,
            "value": vars(chosen)[name],
        }
        for name, label, every, options in rows
    ]


@board_view(Permission.READ_LEARNING)
@require_safe
def figures(request: HttpRequest, board: Board) -> HttpResponse:
    split = splits.split(request.GET.get("by", ""))
    found = queries.figures(board, request.user, split)
    context = frame(
        request,
        board,
        figures=found,
        questions=_drawn(found.often),
        markers=_drawn(found.left),
        of_which=found.looked_back,
        splits=splits.splits(),
        split=split,
        bar=BAR,
        parts=parts_of(request, board),
    )
    return render(request, "quality_markers/learning/figures.html", context)


def _drawn(rows: list[Row]) -> list[dict[str, Any]]:
    """Each with the length of its bar: the longest is of the largest number."""
    most = max((row.first.total or 0 for row in rows), default=0)
    return [{"row": row, "length": round(BAR * (row.first.total or 0) / most)} for row in rows]


@board_view(Permission.KEEP_REGISTERS)
def themes(request: HttpRequest, board: Board) -> HttpResponse:
    form = ThemeForm(posted(request))
    if form.is_valid():
        try:
            operations.add_theme(board=board, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("quality_markers:learning_themes", board.slug)
    rows = Theme.objects.filter(board=board)
    context = frame(
        request,
        board,
        form=form,
        used=[row for row in rows if not row.retired_at],
        retired=[row for row in rows if row.retired_at],
        parts=parts_of(request, board),
    )
    return render(request, "quality_markers/learning/themes.html", context)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def theme_retire(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    theme = get_object_or_404(Theme.objects.select_related("board"), board=board, pk=pk)
    done = _("The theme is retired. What has it keeps it.")
    attempt(request, lambda: operations.retire_theme(theme=theme, by=request.user), done)
    return redirect("quality_markers:learning_themes", board.slug)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def theme_put_back(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    theme = get_object_or_404(Theme.objects.select_related("board"), board=board, pk=pk)
    done = _("The theme is in use again.")
    attempt(request, lambda: operations.put_back_theme(theme=theme, by=request.user), done)
    return redirect("quality_markers:learning_themes", board.slug)
