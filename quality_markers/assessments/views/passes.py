"""The passes of a review, a new one, and one with its markers."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import pass_view
from quality_markers.assessments.forms import PassForm
from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries.moving import newer_version
from quality_markers.assessments.views.reading import editable, note_reading
from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused


@review_view(*rules.READ)
def passes(request: HttpRequest, review: Review) -> HttpResponse:
    rows = queries.passes_of(review, request.user).select_related(
        "submitted_by", "withdrawn_by", "signature"
    )
    context = {
        "review": review,
        "passes": rows,
        "purposes": _purposes(),
        "may_open": request.user.has_perm(Permission.ANSWER_MARKERS, review)
        and review.stage != Stage.CLOSED,
    }
    return render(request, "quality_markers/assessments/passes.html", context)


def _purposes() -> list[tuple[Any, Any]]:
    return [(Pass.Purpose(value).label, words) for value, words in rules.PURPOSES.items()]


@review_view(Permission.ANSWER_MARKERS)
def pass_new(request: HttpRequest, review: Review) -> HttpResponse:
    try:
        catalogue = operations.catalogue_for(review)
    except Refused as refused:
        context = {"review": review, "reasons": refused.reasons}
        return render(request, "quality_markers/assessments/no_catalogue.html", context)
    markers = catalogue.markers.order_by("number")
    form = PassForm(request.POST or None, markers=markers)
    if form.is_valid():
        try:
            opened = operations.open_pass(
                review=review,
                purpose=form.cleaned_data["purpose"],
                markers=form.numbers,
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, [ValidationError(reason) for reason in refused.reasons])  # type: ignore[arg-type]
        else:
            messages.success(request, _("The self-assessment is open."))
            return redirect(opened)
    context = {"review": review, "form": form, "catalogue": catalogue}
    return render(request, "quality_markers/assessments/pass_new.html", context)


@pass_view(*rules.READ)
def overview(request: HttpRequest, assessment: Pass) -> HttpResponse:
    note_reading(request, assessment)
    user, review = request.user, assessment.review
    rows = queries.progress(assessment, queries.markers_for(user, assessment, rules.READ))
    is_editable = editable(assessment)
    leave = queries.leave_of(user, assessment) if is_editable else queries.Leave()
    mine = {row.marker.pk for row in rows if leave.marker(row.marker)}
    may_submit = is_editable and user.has_perm(Permission.ANSWER_MARKERS, review)
    context = {
        "review": review,
        "assessment": assessment,
        "clusters": [
            (title, [_task(assessment, row) for row in group])
            for title, group in groupby(rows, key=lambda row: row.marker.cluster_title)
        ],
        "next": next((row for row in rows if row.left and row.marker.pk in mine), None),
        "left": sum(row.left for row in rows),
        "asked": sum(row.asked for row in rows),
        "editable": bool(mine),
        "may_submit": may_submit,
        "newer": newer_version(assessment) if may_submit else None,
        "returned": queries.returned(assessment, [row.marker for row in rows]),
        "assigned": len(leave.markers) + len(leave.questions),
        "again": _again(assessment, user),
        "copies": _copies(assessment, user),
        **_with_chair(assessment, user),
    }
    return render(request, "quality_markers/assessments/pass.html", context)


def _with_chair(assessment: Pass, user: Any) -> dict[str, Any]:
    """What may be done with a pass that was submitted, and what stands against it."""
    if assessment.state != Pass.State.SUBMITTED:
        return {}
    accepts = user.has_perm(Permission.ACCEPT_MARKERS, assessment.review)
    return {
        "may_accept": accepts,
        "may_take_back": user.has_perm(Permission.ANSWER_MARKERS, assessment.review),
        "against_signing": operations.against_signing(assessment, user) if accepts else [],
        "submitted_again": assessment.submissions.count() > 1,
    }


def _copies(assessment: Pass, user: Any) -> list[Pass]:
    """In which it goes on, as far as this person may read them."""
    if assessment.state not in {Pass.State.WITHDRAWN, Pass.State.ACCEPTED}:
        return []
    rows = queries.passes_of(assessment.review, user).filter(copied_from=assessment)
    return list(rows.exclude(state=Pass.State.WITHDRAWN))


def _again(assessment: Pass, user: Any) -> bool:
    """May it be taken up again, by this person?"""
    return (
        assessment.state in {Pass.State.WITHDRAWN, Pass.State.ACCEPTED}
        and assessment.review.stage != Stage.CLOSED
        and user.has_perm(Permission.ANSWER_MARKERS, assessment.review)
    )


def _task(assessment: Pass, row: queries.Progress) -> dict[str, Any]:
    place = [assessment.review_id, assessment.number, row.marker.number]
    return {
        "label": str(row.marker),
        "url": reverse("quality_markers:marker", args=place),
        "hint": _("Reflection written") if row.reflected else "",
        "status": queries.how_far(row.considered, row.asked),
    }
