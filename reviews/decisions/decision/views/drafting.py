"""Writing a version of the decision, and putting it to the chair."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted, read_anew
from reviews.decisions.advice import queries as advice
from reviews.decisions.decision import operations, queries
from reviews.decisions.decision.forms import DecisionForm, FactorsForm, factors_initial, initial_of
from reviews.decisions.decision.models import Decision
from reviews.decisions.decision.views.state import in_state, moved_on
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.EDIT)
def decision_edit(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_work(review)
    recommended = advice.latest_recommendation(review)
    key = f"decision:{review.pk}"
    kept = restore_into(request, key)
    form = DecisionForm(
        posted(request),
        initial=initial_of(found or operations.next_version(review)) | (kept or {}),
        first=not review.decisions.filter(state=Decision.State.SIGNED).exists(),
        recommended=recommended,
    )
    context = {"recommended": recommended, "tested": queries.tested(review)}
    return _draft(request, review, form, key, "decision_edit.html", found, context)


@review_view(Permission.EDIT)
def decision_factors(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_work(review)
    key = f"factors:{review.pk}"
    kept = restore_into(request, key)
    carried = operations.carried(review)
    form = FactorsForm(posted(request), initial=factors_initial(found, carried) | (kept or {}))
    return _draft(request, review, form, key, "decision_factors.html", found, {})


def _in_work(review: Review) -> Decision | None:
    rows = review.decisions.exclude(state=Decision.State.SIGNED)
    return rows.select_related("written_by").prefetch_related("factors").first()


def _draft(
    request: HttpRequest,
    review: Review,
    form: Any,
    key: str,
    template: str,
    found: Decision | None,
    context: dict[str, Any],
) -> HttpResponse:
    """Both pages of the draft: a lost race shows both texts and loses neither."""
    if request.method == "GET" and (reason := operations.against_drafting(review)):
        messages.info(request, reason)
        return redirect("reviews:decision", review.pk)
    lost = False
    if form.is_valid():
        try:
            operations.draft(review=review, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form, lost = read_anew(form, refused, found.version if found else 0), True
        else:
            drafts.discard(user=request.user, key=key)
            messages.success(request, _("Draft saved"))
            return redirect("reviews:decision", review.pk)
    context |= {"review": review, "form": form, "draft_key": key, "theirs": found if lost else None}
    return render(request, f"reviews/decisions/decision/{template}", context)


@review_view(Permission.EDIT)
@require_POST
def decision_put(request: HttpRequest, review: Review) -> HttpResponse:
    found = in_state(review, Decision.State.DRAFT)
    if found is None:
        return moved_on(request, review)
    try:
        operations.put_to_chair(decision=found, by=request.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, _("The decision is with the chair, who has been told"))
    return redirect("reviews:decision", review.pk)


@review_view(Permission.EDIT)
@require_POST
def decision_take_back(request: HttpRequest, review: Review) -> HttpResponse:
    found = in_state(review, Decision.State.READY)
    if found is None:
        return moved_on(request, review)
    try:
        operations.take_back(decision=found, by=request.user)
    except Refused:
        return moved_on(request, review)
    messages.success(request, _("The decision is a draft again"))
    return redirect("reviews:decision_edit", review.pk)
