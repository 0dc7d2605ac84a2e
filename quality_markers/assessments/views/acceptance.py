"""The pages on the way to the chair's signature: each says what will happen, and to whom."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.views.reading import carry_out
from quality_markers.assessments.working_forms import ReturnForm
from quality_markers.catalogue.models import Question
from reviews.case.queries import people_with
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.signatures.forms import SignForm, has_passkey
from scr_portal.drafts.restoring import restore_into


@pass_view(Permission.ANSWER_MARKERS)
def submit(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """A confirming page: reasons stand against it, questions not considered are only counted."""
    if request.method == "POST":
        return carry_out(
            request,
            lambda: operations.submit(assessment=assessment, by=request.user),
            _("The self-assessment is with the chair."),
            assessment,
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
    return carry_out(
        request,
        lambda: operations.take_back(assessment=assessment, by=request.user),
        _("The self-assessment is back with you. It can be changed again."),
        assessment,
    )


@pass_view(Permission.ACCEPT_MARKERS)
def return_pass(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """Reasons for the whole and for single questions; what was typed is kept as a draft."""
    key = f"return:{assessment.pk}:{assessment.submissions.count()}"
    form = ReturnForm(
        posted(request),
        questions=_asked(assessment),
        initial={"submission": operations.submission_of(assessment)}
        | (restore_into(request, key) or {}),
    )

    def act(by: Any, reasons: str, submission: str, **_said: Any) -> None:
        operations.return_pass(
            assessment=assessment,
            reasons=reasons,
            questions=form.single,
            submission=submission or None,
            by=by,
        )

    return form_page(
        request,
        form,
        act,
        done=_("The self-assessment has gone back with your reasons."),
        back=assessment.get_absolute_url(),
        template="quality_markers/assessments/return.html",
        draft_key=key,
        told=queries.told_of(assessment),
        **_frame(assessment),
    )


def _asked(assessment: Pass) -> Any:
    return (
        Question.objects.filter(marker__in=assessment.markers.all())
        .select_related("marker")
        .order_by("marker__number", "number")
    )


@pass_view(*rules.READ)
def changes(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """What changed since it was last put to the chair, and what came back and did not change."""
    readable = list(queries.markers_for(request.user, assessment, rules.READ))
    context = {**_frame(assessment), "changes": queries.changes(assessment, readable)}
    return render(request, "quality_markers/assessments/changes.html", context)


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
        "changes": queries.changes(assessment, [row.marker for row in rows]),
    }
    return render(request, "quality_markers/assessments/accept.html", context)


def _frame(assessment: Pass) -> dict[str, Any]:
    return {
        "review": assessment.review,
        "assessment": assessment,
        "with_chair": assessment.state == Pass.State.SUBMITTED,
    }
