from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.permissions import Permission
from reviews.refusals import queries
from reviews.refusals.forms import RefusalsForm
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.audit import operations as audit
from scr_portal.audit.queries import actors_of
from scr_portal.core import acting

PER_PAGE = 50


@board_view(Permission.SEE_REFUSALS)
@require_safe
def refusals(request: HttpRequest, board: Board) -> HttpResponse:
    """Looking at them is itself an event, as reading a history is."""
    with transaction.atomic():
        audit.record(kind=audit.Event.REFUSALS_READ, by=request.user, target=board, board=board)
    reviews = queries.readable(board, request.user)
    with acting.for_portal("showing a board who was refused at its pages"):
        recent = queries.of_board(board, reviews)
        form = RefusalsForm(request.GET or None, actors=actors_of(recent))
        wanted = form.wanted()
        events = queries.of_board(board, reviews, **wanted)
        page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
        rows = [queries.in_words(event, reviews) for event in page]
    context = frame(request, board, form=form, page=page, refusals=rows)
    context["narrowed"] = any(wanted.values())
    return render(request, "reviews/refusals/list.html", context)
