"""A pass is withdrawn, taken up again, or goes on in a newer wording."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quality_markers.assessments import operations
from quality_markers.assessments.access import pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries.moving import mapped, newer_version
from quality_markers.assessments.working_forms import MoveForm, ReopenForm, WithdrawForm
from reviews.case.views.posting import posted
from reviews.case.views.saving import carried_out, form_page
from reviews.permissions import Permission


@pass_view(Permission.ANSWER_MARKERS)
def withdraw(request: HttpRequest, assessment: Pass) -> HttpResponse:
    return form_page(
        request,
        WithdrawForm(posted(request)),
        lambda by, reason: operations.withdraw(assessment=assessment, reason=reason, by=by),
        done=_("The self-assessment is withdrawn. What was written can be read."),
        back=assessment.get_absolute_url(),
        review=assessment.review,
        heading=_("Withdraw self-assessment %(number)s") % {"number": assessment.number},
        button=_("Withdraw it"),
        intro=_(
            "Nobody works on it any more, and it stands in nobody’s way when the review closes. "
            "What was written can be read, and it can be taken up again."
        ),
    )


@pass_view(Permission.ANSWER_MARKERS)
def reopen(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """To the copy, where it is one."""
    signed = assessment.state == Pass.State.ACCEPTED
    form = ReopenForm(posted(request))
    opened: list[Pass] = []

    def act(by: Any, reason: str) -> None:
        opened.append(operations.reopen(assessment=assessment, reason=reason, by=by))

    if carried_out(request, form, act):
        messages.success(request, _("The self-assessment is open."))
        return redirect(opened[0])
    intro = (
        _(
            "What was signed stands. A copy with all its answers is opened beside it, and begins "
            "with the texts as they were signed."
        )
        if signed
        else _("It goes on where it was left.")
    )
    context = {
        "review": assessment.review,
        "form": form,
        "back": assessment.get_absolute_url(),
        "heading": _("Take up self-assessment %(number)s again") % {"number": assessment.number},
        "button": _("Take it up again"),
        "intro": intro,
    }
    return render(request, "reviews/case/one_form.html", context)


@pass_view(Permission.ANSWER_MARKERS)
def newer(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """First what would become of every answer, then the move."""
    version = newer_version(assessment) if assessment.is_editable else None
    form = MoveForm(posted(request), initial={"version": version.pk if version else None})
    moved: list[Pass] = []

    def act(by: Any, version: int, words: str) -> None:
        moved.append(operations.move(assessment=assessment, version=version, words=words, by=by))

    if carried_out(request, form, act):
        messages.success(request, _("The self-assessment goes on in the newer wording."))
        return redirect(moved[0])
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "version": version,
        "mapped": mapped(assessment, version) if version else None,
        "form": form,
    }
    return render(request, "quality_markers/assessments/newer.html", context)
