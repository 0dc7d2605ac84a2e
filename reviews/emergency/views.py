from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.emergency import operations, queries
from reviews.emergency.forms import LookForm, OpenForm
from reviews.emergency.models import Emergency
from reviews.permissions import Permission
from scr_portal.accounts.access import board_view
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.accounts.models import Board
from scr_portal.accounts.views.parts import frame
from scr_portal.core.reasons import Refused

PER_PAGE = 40


@board_view(Permission.BREAK_GLASS)
@recently_confirmed
def open_one(request: HttpRequest, board: Board) -> HttpResponse:
    form = OpenForm(posted(request))
    if form.is_valid():
        try:
            made = operations.open_review(board=board, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The review is open to you. The chair has been told."))
            return redirect(made.review)
    context = frame(request, board, form=form)
    return render(request, "reviews/emergency/open.html", context)


@board_view(Permission.SEE_EMERGENCIES)
@require_safe
def emergencies(request: HttpRequest, board: Board) -> HttpResponse:
    rows = queries.of_board(board, request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reviews/emergency/list.html", frame(request, board, page=page))


@review_view(Permission.READ_HISTORY)
@require_safe
def one(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    rows = Emergency.objects.filter(review=review)
    found = get_object_or_404(rows.select_related("user", "ended_by", "looked_by"), pk=pk)
    found.review = review
    signs = request.user.has_perm(Permission.SIGN, review) and found.user_id != request.user.pk
    context = {
        "review": review,
        "emergency": found,
        "opened": queries.opened_in(found, request.user),
        "may_end": signs and found.is_open,
        "may_look": signs and not found.is_open and not found.looked_at,
    }
    return render(request, "reviews/emergency/one.html", context)


@review_view(Permission.VIEW)
@require_POST
def end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """For whoever opened it, and for a chair; there is none for anybody else."""
    found = get_object_or_404(Emergency, review=review, pk=pk)
    own = found.user_id == request.user.pk
    if not own and not request.user.has_perm(Permission.SIGN, review):
        raise Http404
    try:
        operations.end(emergency=found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The emergency has ended."))
    return redirect("home") if own else redirect(found)


@review_view(Permission.SIGN)
def look(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(Emergency.objects.select_related("user"), review=review, pk=pk)
    if found.user_id == request.user.pk:
        raise PermissionDenied

    def act(by: Any, **said: Any) -> None:
        operations.look(emergency=found, by=by, **said)

    return form_page(
        request,
        LookForm(posted(request)),
        act,
        done=_("You have looked at what was opened."),
        back=reverse("reviews:emergency", args=[review.pk, found.pk]),
        review=review,
        heading=_("Look at what %(who)s opened") % {"who": found.user},
        button=_("I have looked at it"),
    )
