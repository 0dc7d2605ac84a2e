from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted, read_anew
from reviews.decisions.decision import operations, rules
from reviews.decisions.decision.forms import (
    DecisionForm,
    ReturnForm,
    initial_of,
)
from reviews.decisions.decision.models import Decision
from reviews.permissions import Permission
from reviews.signatures.forms import SignForm, has_passkey
from scr_portal.core.reasons import Refused
from scr_portal.drafts import operations as drafts
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_DECISIONS)
def decision(request: HttpRequest, review: Review) -> HttpResponse:
    """Drafts are for those who write or sign; everybody else reads what was signed."""
    versions = list(review.decisions.select_related("signature", "written_by").order_by("-number"))
    may_see_draft = request.user.has_perm(Permission.EDIT, review) or request.user.has_perm(
        Permission.SIGN, review
    )
    draft = next((row for row in versions if row.state != Decision.State.SIGNED), None)
    return render(
        request,
        "reviews/decisions/decision/decision.html",
        {
            "review": review,
            "draft": draft if may_see_draft else None,
            "signed": [row for row in versions if row.state == Decision.State.SIGNED],
            "missing": rules.missing(draft, review) if draft and may_see_draft else [],
        },
    )


def _in_state(review: Review, state: str) -> Decision | None:
    return review.decisions.filter(state=state).select_related("written_by").first()


def _moved_on(request: HttpRequest, review: Review) -> HttpResponse:
    """A second click or an old page: somebody signed it, returned it or took it back."""
    messages.info(request, _("The decision is no longer where your page had it. See where it is."))
    return redirect("reviews:decision", review.pk)


@review_view(Permission.EDIT)
def decision_edit(request: HttpRequest, review: Review) -> HttpResponse:
    if request.method == "GET" and (reason := operations.against_drafting(review)):
        messages.info(request, reason)
        return redirect("reviews:decision", review.pk)
    found = review.decisions.exclude(state=Decision.State.SIGNED).first()
    first = not review.decisions.filter(state=Decision.State.SIGNED).exists()
    key = f"decision:{review.pk}"
    kept = restore_into(request, key)
    form = DecisionForm(posted(request), initial=initial_of(found) | (kept or {}), first=first)
    if form.is_valid():
        try:
            operations.draft(review=review, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form = read_anew(form, refused, found.version if found else 0)
        else:
            drafts.discard(user=request.user, key=key)
            messages.success(request, _("Draft saved"))
            return redirect("reviews:decision", review.pk)
    context = {
        "review": review,
        "form": form,
        "draft_key": key,
        "theirs": found if form.non_field_errors() else None,
    }
    return render(request, "reviews/decisions/decision/decision_edit.html", context)


@review_view(Permission.EDIT)
@require_POST
def decision_put(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_state(review, Decision.State.DRAFT)
    if found is None:
        return _moved_on(request, review)
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
    found = _in_state(review, Decision.State.READY)
    if found is None:
        return _moved_on(request, review)
    try:
        operations.take_back(decision=found, by=request.user)
    except Refused:
        return _moved_on(request, review)
    messages.success(request, _("The decision is a draft again"))
    return redirect("reviews:decision_edit", review.pk)


@review_view(Permission.SIGN)
def decision_return(request: HttpRequest, review: Review) -> HttpResponse:
    found = _in_state(review, Decision.State.READY)
    if found is None:
        return _moved_on(request, review)
    form = ReturnForm(posted(request))
    if form.is_valid():
        try:
            operations.give_back(decision=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("Returned with your reasons"))
            return redirect("reviews:decision", review.pk)
    context = {"review": review, "form": form, "decision": found}
    return render(request, "reviews/decisions/decision/decision_return.html", context)


def _version(text: str) -> int:
    """0, which no draft has, for what is no number."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@review_view(Permission.SIGN)
def decision_sign(request: HttpRequest, review: Review) -> HttpResponse:
    """An irreversible act has its own page, which says what will happen and to whom."""
    found = _in_state(review, Decision.State.READY)
    if found is None:
        return _moved_on(request, review)
    form = SignForm(posted(request), request=request)
    if form.is_valid():
        try:
            operations.sign_decision(
                decision=found,
                version=_version(request.POST.get("version", "")),
                by=request.user,
                method=form.method,
            )
        except Refused as refused:
            form.add_error(None, refused.as_error())
        else:
            messages.success(request, _("Signed. The review has moved to Decided"))
            return redirect("reviews:decision", review.pk)
    context = {
        "review": review,
        "form": form,
        "decision": found,
        "statement": rules.statement(found),
        "passkey": has_passkey(request.user),
    }
    return render(request, "reviews/decisions/decision/decision_sign.html", context)
