from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from reviews.case import steps
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.overview import expected, next_dates, next_moves, profile_of, stage_strip
from reviews.case.queries import closures_of, history_for
from reviews.case.timeline import told
from reviews.permissions import Permission
from scr_portal.audit.groups import GROUPS
from scr_portal.core import clock
from scr_portal.core.dates import days_in_words, on_screen

RECENT = 5


@review_view(Permission.VIEW)
def detail(request: HttpRequest, review: Review) -> HttpResponse:
    moves = next_moves(review, request.user)
    context = {
        "review": review,
        "profile": profile_of(review),
        "stages": stage_strip(review),
        "moves": [move for move in moves if move.allowed],
        "others_moves": [move for move in moves if not move.allowed and expected(review, move)],
        "dates": _dates(review),
        "steps": steps.tasks(review, request.user),
        "setting_up": review.stage in steps.SETTING_UP,
        "partners": [board.name for board in review.partner_boards.all()],
        **_for_those_who_may(review, request.user),
    }
    return render(request, "reviews/case/detail.html", context)


def _dates(review: Review) -> list[dict[str, Any]]:
    today = clock.today()
    off = closures_of([review.board_id]).get(review.board_id, frozenset())
    return [
        {"row": row, "words": days_in_words(row.due_on, today, off), "over": row.due_on < today}
        for row in next_dates(review)
    ]


def _for_those_who_may(review: Review, user: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if user.has_perm(Permission.READ_DECISIONS, review):
        shown["moved"] = review.stagechanges.select_related("by").last()
        people = review.appointments.active().select_related("user", "agency")
        shown["people"] = [
            [row.user.name, row.get_role_display(), row.agency or "", _until(row)] for row in people
        ]
    if user.has_perm(Permission.SEE_FAMILY, review):
        shown["children"] = list(review.children.all())
    if user.has_perm(Permission.READ_HISTORY, review):
        events = history_for(review, user).exclude(kind__in=GROUPS["reading"].kinds)
        shown["events"] = told(events[:RECENT])
    return shown


def _until(row: Any) -> Any:
    return on_screen(row.ends) if row.ends else _("open")
