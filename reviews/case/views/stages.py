from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.datebook import lines_of
from reviews.case.forms.dates import AdvanceForm, PauseForm
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Review
from reviews.case.operations import lifecycle as operations
from reviews.case.overview import roles_for
from reviews.case.queries import people_of
from reviews.case.views.posting import posted
from reviews.permissions import Permission
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from scr_portal.core.workflow import Move

NOT_FOUND, CONFLICT = 404, 409


@review_view(Permission.VIEW)
def advance(request: HttpRequest, review: Review, to: str) -> HttpResponse:
    """Says first what will happen and to whom, and what stands against it."""
    move = LIFECYCLE.find(review.stage, to)
    if move is None:
        return _no_such_move(request, review, to)
    if not request.user.has_perm(move.permission, review):
        raise PermissionDenied
    form = AdvanceForm(posted(request), back=move.back)
    if request.method == "POST" and form.is_valid():
        try:
            operations.advance(review=review, to=to, by=request.user, **form.cleaned_data)
        except Refused as refused:
            review.refresh_from_db()
            if review.stage != move.source:
                return _no_such_move(request, review, to)
            form.add_error(None, refused.as_error())
        else:
            words = _("The review is now at the stage: %(stage)s.")
            messages.success(request, words % {"stage": Stage(to).label})
            return redirect(review)
    return render(request, "reviews/case/advance.html", _about(request, review, move, form))


def _about(request: HttpRequest, review: Review, move: Move, form: AdvanceForm) -> dict[str, Any]:
    told = [person for person in people_of(review) if person.pk != request.user.pk]
    return {
        "review": review,
        "move": move,
        "target": Stage(move.target).label,
        "form": form,
        "reasons": operations.blockers(review=review, move=move, by=request.user),
        "remarks": collect("remarks", move, review, request.user),
        "told": told,
        "next_up": ", ".join(
            sorted({roles_for(after) for after in LIFECYCLE.leaving(move.target) if not after.back})
        ),
    }


def _no_such_move(request: HttpRequest, review: Review, to: str) -> HttpResponse:
    """An old page, a second click or a made-up address: nothing happened, and why."""
    context = {"review": review, "sentence": operations.why_no_move(review, to)}
    status = CONFLICT if to in Stage.values else NOT_FOUND
    return render(request, "reviews/case/no_move.html", context, status=status)


@review_view(Permission.EDIT)
def pause(request: HttpRequest, review: Review) -> HttpResponse:
    form = PauseForm(posted(request))
    if form.is_valid():
        try:
            operations.pause(review=review, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("The review is paused."))
            return redirect("reviews:dates", review.pk)
    return render(request, "reviews/case/pause.html", _moving(review) | {"form": form})


@review_view(Permission.EDIT)
def resume(request: HttpRequest, review: Review) -> HttpResponse:
    if request.method == "POST":
        try:
            operations.resume(review=review, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The review goes on. Its dates are worked out again."))
        return redirect("reviews:dates", review.pk)
    return render(request, "reviews/case/resume.html", _moving(review))


def _moving(review: Review) -> dict[str, Any]:
    """Which dates a pause moves, and which it never does."""
    lines = [line for line in lines_of(review) if not line.row.met_on and line.clock]
    return {
        "review": review,
        "moving": [line for line in lines if line.clock and line.clock.pausable],
        "standing": [line for line in lines if line.clock and not line.clock.pausable],
    }
