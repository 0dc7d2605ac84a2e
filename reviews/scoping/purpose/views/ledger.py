import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.advice.views.saving import saved
from reviews.decisions.briefings.queries import issued_on
from reviews.permissions import Permission
from reviews.scoping.purpose import queries
from reviews.scoping.purpose.forms import ReasonForm, TellForm, by_briefing
from reviews.scoping.purpose.models import Group, Telling
from reviews.scoping.purpose.operations import ledger as operations
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.WRITE_SCOPE)
def purpose_tell(request: HttpRequest, review: Review) -> HttpResponse:
    """One occasion at a time; "save and add another" keeps its day, way and teller."""
    agreed = queries.agreed(review)
    if agreed is None:
        messages.info(request, _("First the chair agrees to a statement of purpose."))
        return redirect("reviews:purpose", review.pk)
    key = f"purpose-tell:{review.pk}"
    kept = restore_into(request, key) or {}
    token = {"token": secrets.token_hex(16)}
    form = TellForm(posted(request), initial=_initial(request, review) | kept | token)

    def act(by: Any, **_unused: Any) -> None:
        operations.tell(review=review, by=by, **form.said)

    if saved(request, form, key, act):
        messages.success(request, _("On the record"))
        if "another" not in request.POST:
            return redirect("reviews:purpose", review.pk)
        same = {name: form.cleaned_data[name] for name in ("told_on", "how", "told_by")}
        form = TellForm(initial=same | {"token": secrets.token_hex(16)})
    context = {"review": review, "form": form, "draft_key": key, "agreed": agreed}
    return render(request, "reviews/scoping/purpose/tell.html", context)


def _initial(request: HttpRequest, review: Review) -> dict[str, Any]:
    """Of the group or the briefing that the link names, else a line begun today."""
    number = request.GET.get("briefing", "")
    numbers = [int(number)] if number.isdecimal() and len(number) < 5 else []
    if found := issued_on(review).filter(number__in=numbers).first():
        return by_briefing(found, found.told)
    group = request.GET.get("group", "")
    return {
        "groups": [group] if group in Group.values else [],
        "told_on": clock.today(),
        "told_by": str(request.user),
    }


@review_view(Permission.WRITE_SCOPE)
def telling_strike(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(Telling, review=review, pk=pk)
    form = ReasonForm(posted(request))

    def act(by: Any, reason: str) -> None:
        operations.strike(telling=found, by=by, reason=reason)

    if saved(request, form, f"purpose-strike:{pk}", act):
        messages.success(request, _("The line is struck out; it stays in the ledger"))
        return redirect("reviews:purpose", review.pk)
    context = {"review": review, "form": form, "line": found}
    return render(request, "reviews/scoping/purpose/strike.html", context)


@review_view(Permission.EDIT, Permission.WRITE_SCOPE)
def telling_waive(request: HttpRequest, review: Review, group: str) -> HttpResponse:
    if group not in Group.values:
        raise Http404
    form = ReasonForm(posted(request))

    def act(by: Any, reason: str) -> None:
        operations.waive(review=review, group=group, reason=reason, by=by)

    if saved(request, form, f"purpose-waive:{review.pk}", act):
        messages.success(request, _("The reason is on the record"))
        return redirect("reviews:purpose", review.pk)
    context = {"review": review, "form": form, "group": Group(group).label}
    return render(request, "reviews/scoping/purpose/waive.html", context)


@review_view(Permission.EDIT, Permission.WRITE_SCOPE)
@require_POST
def telling_waiver_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.waivers(review), pk=pk)
    try:
        operations.end_waiver(waiver=found, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("Ended. This group is to be told"))
    return redirect("reviews:purpose", review.pk)
