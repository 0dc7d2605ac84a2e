"""One review of a request: for whoever may see its names, on the board or close to the family."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import CONFLICT, carried_out
from reviews.permissions import Permission
from reviews.subject_access import answer, forms, operations, queries, searching
from reviews.subject_access.models import AccessPart, AccessRequest
from reviews.subject_access.views.requests import FOLDER, KINDS, file
from scr_portal.accounts.confirming import recently_confirmed
from scr_portal.accounts.views.parts import attempt

State = AccessRequest.State
SHOW = "show"


def _part(request: HttpRequest, review: Review, pk: int) -> AccessPart:
    """There for who answers requests on the board, and for who is close to the family."""
    found = AccessPart.objects.filter(review=review, pk=pk).select_related("close_by").first()
    if found is None:
        raise Http404
    found = queries.with_request(found)
    found.review = review
    answers = request.user.has_perm(Permission.ANSWER_ACCESS, found.request.board)
    if not answers and not queries.goes_through_what_is_close(found, request.user):
        raise Http404
    return found


@review_view(Permission.SEE_NAMES)
@require_safe
def access_part(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    part = _part(request, review, pk)
    items = queries.readable(part, request.user)
    context = {
        "review": review,
        "part": part,
        "items": items,
        "undecided": sum(not item.decision for item in items),
        "is_close": queries.goes_through_what_is_close(part, request.user),
        "is_open": part.request.state == State.OPEN,
        "is_signed": part.request.state in (State.SIGNED, State.SENT),
    }
    return render(request, f"{FOLDER}/part.html", context)


@review_view(Permission.SEE_NAMES)
@recently_confirmed
def access_item(request: HttpRequest, review: Review, pk: int, item: int) -> HttpResponse:
    """Its text shows in the answer to a POST alone, before and after; that they looked is kept."""
    part = _part(request, review, pk)
    found = next((each for each in queries.readable(part, request.user) if each.pk == item), None)
    if found is None:
        raise Http404
    shows = request.method == "POST" and SHOW in request.POST
    form: Any = forms.ItemForm(None if shows else posted(request), initial=forms.initial_of(found))

    def act(by: Any, version: int, **said: Any) -> None:
        operations.decide(item=found, version=version, by=by, **said)

    back = reverse("reviews:access_part", args=[review.pk, part.pk])
    if shows:
        operations.look(item=found, by=request.user)
    elif carried_out(request, form, act):
        return redirect(back)
    pieces = answer.pieces(found, searching.others_of(part)) if shows else []
    context = {
        "review": review,
        "part": part,
        "item": found,
        "form": form,
        "pieces": pieces,
        "back": back,
        "is_open": part.request.state == State.OPEN,
    }
    stale = getattr(form, "stale", None)
    return render(request, f"{FOLDER}/item.html", context, status=CONFLICT if stale else 200)


@review_view(Permission.SEE_NAMES)
@require_POST
@recently_confirmed
def access_gone_through(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    part = _part(request, review, pk)
    attempt(
        request,
        lambda: operations.go_through(part=part, by=request.user),
        _("Recorded that you have gone through it."),
    )
    return redirect("reviews:access_part", review.pk, part.pk)


@review_view(Permission.SEE_NAMES)
@recently_confirmed(file=True)
@require_safe
def access_part_file(request: HttpRequest, review: Review, pk: int, kind: str) -> HttpResponse:
    """What this person may read of one review, to be handed over by them."""
    part = _part(request, review, pk)
    if kind not in KINDS or part.request.state not in (State.SIGNED, State.SENT):
        raise Http404
    operations.take(part=part, request=part.request, by=request.user)
    return file(part.request, [part], request.user, kind)
