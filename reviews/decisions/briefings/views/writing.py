"""The room of a review's briefings: drafting, issuing, and who has read them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.advice.views.saving import saved
from reviews.decisions.briefings import queries, rules
from reviews.decisions.briefings.forms import BriefingForm, GiveUpForm, ReturnForm, initial_of
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.decisions.briefings.operations import reading, writing
from reviews.permissions import Permission
from scr_portal.core import typed
from scr_portal.core.reasons import Refused
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_DECISIONS)
def briefing_room(request: HttpRequest, review: Review) -> HttpResponse:
    """Drafts are for those who write or issue; everybody else reads what was issued."""
    writes = request.user.has_perm(Permission.EDIT, review)
    issues = request.user.has_perm(Permission.SIGN, review)
    draft = queries.in_work(review) if writes or issues else None
    decision = queries.signed_decision(review)
    rows = list(queries.issued_on(review))
    context = {
        "review": review,
        "draft": draft,
        "words": rules.words(draft) if draft else {},
        "missing": rules.missing(draft) if draft else [],
        "issued": [{"briefing": row, "words": rules.words(row)} for row in rows],
        "decision": decision,
        "is_told": any(row.decision_id == decision.pk for row in rows) if decision else False,
        "writes": writes,
        "issues": issues,
    }
    return render(request, "reviews/decisions/briefings/room.html", context)


@review_view(Permission.EDIT, Permission.SIGN)
def briefing_edit(request: HttpRequest, review: Review) -> HttpResponse:
    found, decision = queries.in_work(review), queries.signed_decision(review)
    if decision is None:
        messages.info(request, _("No decision has been signed yet."))
        return redirect("reviews:briefing_room", review.pk)
    key = f"briefing:{review.pk}"
    kept = restore_into(request, key)
    initial = initial_of(found, review.reference) | (kept or {})
    form = BriefingForm(posted(request), initial=initial)

    def act(by: Any, **said: Any) -> None:
        writing.draft(review=review, by=by, **said)

    if saved(request, form, key, act):
        messages.success(request, _("Saved. Below is what members will see"))
        return redirect("reviews:briefing_room", review.pk)
    context = {"review": review, "form": form, "draft_key": key, "decision": decision}
    return render(request, "reviews/decisions/briefings/edit.html", context)


def _in_state(review: Review, state: str) -> Briefing | None:
    found = queries.in_work(review)
    return found if found and found.state == state else None


def _moved_on(request: HttpRequest, review: Review) -> HttpResponse:
    """A second click or an old page: somebody issued it, returned it or took it back."""
    messages.info(request, _("The briefing is no longer where your page had it. See where it is."))
    return redirect("reviews:briefing_room", review.pk)


@review_view(Permission.EDIT)
@require_POST
def briefing_put(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_state(review, Briefing.State.DRAFT)
    if found is None:
        return _moved_on(request, review)
    try:
        writing.put_to_chair(briefing=found, by=request.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, _("The briefing is with the chair, who has been told"))
    return redirect("reviews:briefing_room", review.pk)


@review_view(Permission.EDIT)
@require_POST
def briefing_take_back(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_state(review, Briefing.State.READY)
    if found is None:
        return _moved_on(request, review)
    try:
        writing.take_back(briefing=found, by=request.user)
    except Refused:
        return _moved_on(request, review)
    messages.success(request, _("The briefing is a draft again"))
    return redirect("reviews:briefing_edit", review.pk)


@review_view(Permission.SIGN)
def briefing_return(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_state(review, Briefing.State.READY)
    if found is None:
        return _moved_on(request, review)
    form = ReturnForm(posted(request))

    def act(by: Any, reasons: str) -> None:
        writing.give_back(briefing=found, by=by, reasons=reasons)

    if saved(request, form, f"briefing-return:{review.pk}", act):
        messages.success(request, _("Returned with your reasons"))
        return redirect("reviews:briefing_room", review.pk)
    context = {"review": review, "form": form}
    return render(request, "reviews/decisions/briefings/return.html", context)


@review_view(Permission.SIGN)
def briefing_issue(request: HttpRequest, review: Review) -> HttpResponse:
    """An irreversible act has its own page, which says what is sent to whom, and to whom not."""
    found = _in_state(review, Briefing.State.READY)
    if found is None:
        return _moved_on(request, review)
    against = writing.against_issuing(found)
    if request.method == "POST":
        try:
            writing.issue(
                briefing=found,
                version=typed.version(request.POST.get("version", "")),
                by=request.user,
            )
        except Refused as refused:
            against = refused.reasons
        else:
            messages.success(request, _("The briefing is issued, and its members have been told"))
            return redirect("reviews:briefing_room", review.pk)
    context = {
        "review": review,
        "briefing": found,
        "words": rules.words(found),
        "against": against,
        "members": queries.members_of(review),
        "left_out": queries.left_out(review),
    }
    return render(request, "reviews/decisions/briefings/issue.html", context)


@review_view(Permission.EDIT, Permission.SIGN)
def briefing_readers(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.issued_on(review), pk=pk)
    rows = queries.readers(found)
    context = {
        "review": review,
        "briefing": found,
        "rows": rows,
        "waiting": sum(row.is_waiting for row in rows),
        "may_give_up": request.user.has_perm(Permission.EDIT, review),
        "left_out": queries.left_out(review),
    }
    return render(request, "reviews/decisions/briefings/readers.html", context)


@review_view(Permission.EDIT)
def briefing_give_up(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    rows = Receipt.objects.filter(review=review).select_related("user", "briefing")
    found = get_object_or_404(rows, pk=pk)
    form = GiveUpForm(posted(request))

    def act(by: Any, reason: str) -> None:
        reading.give_up(receipt=found, by=by, reason=reason)

    if saved(request, form, f"briefing-give-up:{pk}", act):
        messages.success(request, _("No more reminders go out for it"))
        return redirect("reviews:briefing_readers", review.pk, found.briefing_id)
    context = {"review": review, "form": form, "receipt": found}
    return render(request, "reviews/decisions/briefings/give_up.html", context)
