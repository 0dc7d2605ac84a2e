"""Reading: the passes of a review, one pass, one marker of it, all its questions."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import fetch_marker, pass_view
from quality_markers.assessments.forms import PassForm
from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.models import Marker
from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

READ_AGAIN = 60 * 60
"""Seconds after which opening a pass is a new reading for the history."""


@review_view(*rules.READ)
def passes(request: HttpRequest, review: Review) -> HttpResponse:
    rows = queries.passes_of(review, request.user).select_related("submitted_by", "signature")
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


def note_reading(request: HttpRequest, assessment: Pass) -> None:
    """One event an hour and session, whichever of its pages the pass is opened by."""
    key, now = f"read_pass:{assessment.pk}", int(clock.now().timestamp())
    if now - request.session.get(key, 0) >= READ_AGAIN:
        request.session[key] = now
        operations.record_reading(assessment=assessment, by=request.user)


@pass_view(*rules.READ)
def overview(request: HttpRequest, assessment: Pass) -> HttpResponse:
    note_reading(request, assessment)
    user, review = request.user, assessment.review
    rows = queries.progress(assessment, queries.markers_for(user, assessment, rules.READ))
    open_to = queries.markers_for(user, assessment, rules.ANSWER)
    editable = _editable(assessment)
    mine = set(open_to.values_list("pk", flat=True)) if editable else set()
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
        "may_submit": editable and user.has_perm(Permission.ANSWER_MARKERS, review),
        **_with_chair(assessment, user),
    }
    return render(request, "quality_markers/assessments/pass.html", context)


def _editable(assessment: Pass) -> bool:
    return assessment.is_editable and assessment.review.stage != Stage.CLOSED


def _with_chair(assessment: Pass, user: Any) -> dict[str, Any]:
    """What may be done with a pass that was submitted, and what stands against it."""
    if assessment.state != Pass.State.SUBMITTED:
        return {}
    accepts = user.has_perm(Permission.ACCEPT_MARKERS, assessment.review)
    return {
        "may_accept": accepts,
        "may_take_back": user.has_perm(Permission.ANSWER_MARKERS, assessment.review),
        "against_signing": operations.against_signing(assessment, user) if accepts else [],
    }


def _task(assessment: Pass, row: queries.Progress) -> dict[str, Any]:
    place = [assessment.review_id, assessment.number, row.marker.number]
    return {
        "label": str(row.marker),
        "url": reverse("quality_markers:marker", args=place),
        "hint": _("Reflection written") if row.reflected else "",
        "status": how_far(row.considered, row.asked),
    }


def how_far(considered: int, asked: int) -> str:
    if not considered:
        return _("Not considered yet")
    if considered == asked:
        return _("All %(asked)d considered") % {"asked": asked}
    return _("%(considered)d of %(asked)d considered") % {"considered": considered, "asked": asked}


@pass_view(*rules.READ)
def marker(request: HttpRequest, assessment: Pass, marker: int) -> HttpResponse:
    found = fetch_marker(request.user, assessment, marker)
    note_reading(request, assessment)
    return marker_page(request, assessment, found)


def marker_page(
    request: HttpRequest, assessment: Pass, marker: Marker, form: Any = None, **changed: Any
) -> HttpResponse:
    """Also the page on which a text that could not be saved is shown again, as it was typed."""
    (sheet,) = sheets_for(request, assessment, [marker])
    queries.put_record_beside(sheet, assessment.review, request.user)
    if form is not None:
        _show_again(sheet, form, **changed)
    readable = queries.markers_for(request.user, assessment, rules.READ)
    numbers = list(readable.values_list("number", "title"))
    place = [number for number, _title in numbers].index(marker.number)
    context = {
        **page(assessment),
        "sheet": sheet,
        "marker": marker,
        "progress": how_far(sheet.considered, sheet.asked),
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "from_page": "marker",
        "form": form,
    }
    return render(request, "quality_markers/assessments/marker.html", context)


def _show_again(sheet: queries.Sheet, form: Any, question: Any = None, version: str = "") -> None:
    if question is None:
        sheet.retype(form.typed, version, form.errors)
        return
    for line in sheet.lines:
        if line.question.pk == question.pk:
            line.retype(form.typed, version, form.errors)


@pass_view(*rules.READ)
def questions(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """All questions at once: a plain loop over three queries, each answer a form of its own."""
    note_reading(request, assessment)
    readable = queries.markers_for(request.user, assessment, rules.READ)
    sheets = sheets_for(request, assessment, readable)
    unfolded = request.GET.get("open", "")
    for sheet in sheets:
        sheet.open = unfolded in ("all", str(sheet.marker.number)) or len(sheets) == 1
        sheet.status = how_far(sheet.considered, sheet.asked)
    context = {
        **page(assessment),
        "sheets": sheets,
        "count": sum(sheet.asked for sheet in sheets),
        "all_open": unfolded == "all",
        "from_page": "questions",
    }
    return render(request, "quality_markers/assessments/questions.html", context)


def sheets_for(request: HttpRequest, assessment: Pass, markers: Any) -> list[queries.Sheet]:
    review, user = assessment.review, request.user
    if not _editable(assessment):
        return queries.sheets(assessment, markers)
    return queries.sheets(
        assessment, markers, editable=lambda found: queries.may(user, review, rules.ANSWER, found)
    )


def page(assessment: Pass) -> dict[str, Any]:
    """What the template of a question needs, fetched once for all of them."""
    return {
        "review": assessment.review,
        "assessment": assessment,
        "judgements": [(value, str(label)) for value, label in Answer.Judgement.choices],
        "base": assessment.get_absolute_url(),
    }
