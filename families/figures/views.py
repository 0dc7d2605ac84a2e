from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from families.figures import rules, tables
from families.figures.queries import Figures
from families.figures.queries import figures as counted
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen

BAR = 160  # units of the drawing


@board_view(Permission.KEEP_REGISTERS)
@require_safe
def figures(request: HttpRequest, board: Board) -> HttpResponse:
    found = counted(board, request.user)
    context = frame(request, board, figures=found, groups=_drawn(found), bar=BAR)
    return render(request, "families/figures/figures.html", context)


def _drawn(found: Figures) -> list[dict[str, Any]]:
    """Each line with the length of its bar, where there is a number to draw."""
    if found.is_empty:
        return []
    groups = []
    for group in rules.GROUPS:
        lines = []
        for line in group.lines:
            cells = found.shown[line.key]
            length = round(BAR * (cells.total or 0) / found.most) if found.most else 0
            lines.append({"line": line, "cells": cells, "length": length})
        groups.append({"label": group.label, "lines": lines})
    return groups


@board_view(Permission.KEEP_REGISTERS)
@require_safe
def figures_file(request: HttpRequest, board: Board) -> HttpResponse:
    found = counted(board, request.user)
    today = clock.today()
    audit.record(
        kind=audit.Event.DOWNLOADED,
        by=request.user,
        target=board,
        board=board,
        label=_("the figures of families in reviews"),
    )
    name = f"families-in-reviews-{today:%Y-%m-%d}.csv"
    return HttpResponse(
        tables.as_csv(found, board=board.name, made=on_screen(today)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
