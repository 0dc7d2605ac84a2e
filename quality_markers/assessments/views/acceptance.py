"""The pages on the way to the chair's signature: each says what will happen, and to whom."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.assessments import operations, queries
from quality_markers.assessments.access import pass_view
from quality_markers.assessments.forms import ReturnForm
from quality_markers.assessments.models import Pass
from reviews.case.queries import people_with
from reviews.permissions import Permission
from reviews.signatures.forms import SignForm, has_passkey
from scr_portal.core.reasons import Refused


@pass_view(Permission.ANSWER_MARKERS)
def submit(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """A confirming page: reasons stand against it, questions not considered are only counted."""
    if request.method == "POST":
        return _done(
            request,
            assessment,
            lambda: operations.submit(assessment=assessment, by=request.user),
            _("The self-assessment is with the chair."),
        )
    rows = queries.progress(assessment, assessment.markers.order_by("number"))
    context = {
        **_frame(assessment),
        "reasons": operations.against_submitting(assessment),
        "unfinished": [row for row in rows if row.left],
        "left": sum(row.left for row in rows),
        "asked": sum(row.asked for row in rows),
        "chairs": people_with(assessment.review, Permission.ACCEPT_MARKERS),
    }
    return render(request, "quality_markers/assessments/submit.html", context)


@pass_view(Permission.ANSWER_MARKERS)
@require_POST
def take_back(request: HttpRequest, assessment: Pass) -> HttpResponse:
    return _done(
        request,
        assessment,
        lambda: operations.take_back(assessment=assessment, by=request.user),
        _("The self-assessment is back with you. It can be changed again."),
    )


def _done(
    request: HttpRequest, assessment: Pass, act: Callable[[], Any], words: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, words)
    return redirect(assessment)


@pass_view(Permission.ACCEPT_MARKERS)
def return_pass(request: HttpRequest, assessment: Pass) -> HttpResponse:
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        reasons = form.cleaned_data["reasons"]
        try:
            operations.return_pass(assessment=assessment, reasons=reasons, by=request.user)
        except Refused as refused:
            _add(form, refused)
        else:
            messages.success(request, _("The self-assessment has gone back with your reasons."))
            return redirect(assessment)
    context = {**_frame(assessment), "form": form, "told": queries.told_of(assessment)}
    return render(request, "quality_markers/assessments/return.html", context)


@pass_view(Permission.ACCEPT_MARKERS)
def accept(request: HttpRequest, assessment: Pass) -> HttpResponse:
    if assessment.state == Pass.State.ACCEPTED:
        return redirect(assessment)
    form = SignForm(request.POST or None, request=request)
    submission = request.POST.get("submission", "")
    if form.signed(partial(operations.accept, assessment=assessment, submission=submission)):
        messages.success(request, _("You have accepted and signed the self-assessment."))
        return redirect(assessment)
    rows = queries.progress(assessment, assessment.markers.order_by("number"))
    context = {
        **_frame(assessment),
        "form": form,
        "has_passkey": has_passkey(request.user),
        "against": operations.against_signing(assessment, request.user),
        "submission": operations.submission_of(assessment),
        "statement": operations.STATEMENT,
        "asked": sum(row.asked for row in rows),
        "considered": sum(row.considered for row in rows),
        "told": queries.told_of(assessment),
    }
    return render(request, "quality_markers/assessments/accept.html", context)


def _add(form: Any, refused: Refused) -> None:
    form.add_error(None, [ValidationError(reason) for reason in refused.reasons])  # type: ignore[arg-type]


def _frame(assessment: Pass) -> dict[str, Any]:
    return {
        "review": assessment.review,
        "assessment": assessment,
        "with_chair": assessment.state == Pass.State.SUBMITTED,
    }
