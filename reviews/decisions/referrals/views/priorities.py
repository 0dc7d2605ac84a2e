from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.views.posting import posted
from reviews.decisions.referrals import operations
from reviews.decisions.referrals.forms.settling import PriorityForm
from reviews.decisions.referrals.models import LearningPriority
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.core.reasons import Refused


@board_view(Permission.KEEP_REGISTERS)
def priorities(request: HttpRequest, board: Board) -> HttpResponse:
    """What the board wants to learn about, so that a referral may speak to it."""
    form = PriorityForm(posted(request))
    if form.is_valid():
        try:
            operations.add_priority(board=board, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("title", str(refused))
        else:
            messages.success(request, _("Learning priority added"))
            return redirect("reviews:priorities", board.slug)
    rows = board.learning_priorities.order_by("ends", "title")
    context = frame(request, board, form=form, rows=rows)
    return render(request, "reviews/decisions/referrals/priorities.html", context)


@board_view(Permission.KEEP_REGISTERS)
@require_POST
def end(request: HttpRequest, board: Board, pk: int) -> HttpResponse:
    row = get_object_or_404(LearningPriority.objects.select_related("board"), board=board, pk=pk)
    operations.end_priority(priority=row, by=request.user)
    messages.success(request, _("Learning priority ended"))
    return redirect("reviews:priorities", board.slug)
