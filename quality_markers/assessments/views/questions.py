"""Reading and filling in: one marker with its questions, and all questions of a pass."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quality_markers.assessments import queries, rules
from quality_markers.assessments.access import fetch_marker, fetch_question, pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.notes import notes_for
from quality_markers.assessments.queries.before import earlier_to, put_earlier_beside
from quality_markers.assessments.queries.evidence import put_evidence_beside
from quality_markers.assessments.views.reading import editable, note_reading
from quality_markers.catalogue.models import Marker


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
    queries.put_record_beside(sheet, assessment, request.user)
    put_evidence_beside(sheet.lines, assessment, [marker], request.user)
    put_earlier_beside(sheet.lines, assessment, marker, request.user)
    if form is not None:
        _show_again(sheet, form, **changed)
    readable = queries.markers_for(request.user, assessment, rules.READ)
    numbers = list(readable.values_list("number", "title"))
    place = [number for number, _title in numbers].index(marker.number)
    context = {
        **page(assessment),
        "sheet": sheet,
        "marker": marker,
        "progress": queries.how_far(sheet.considered, sheet.asked),
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
def before(request: HttpRequest, assessment: Pass, marker: int, question: int) -> HttpResponse:
    """Everything that earlier passes said to one question."""
    asked = fetch_question(request.user, assessment, marker, question)
    rows = earlier_to(asked, assessment, request.user)
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "question": asked,
        "page": Paginator(rows, 10).get_page(request.GET.get("page")),
        "back": queries.question_url(assessment, asked),
    }
    return render(request, "quality_markers/assessments/all_before.html", context)


@pass_view(*rules.READ)
def questions(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """All questions at once, from two queries.

    They are sent to be read, and the browser makes forms of them; without script a marker that is
    asked for by its number (``open``) comes with its forms.
    """
    note_reading(request, assessment)
    readable = queries.markers_for(request.user, assessment, rules.READ)
    sheets = sheets_for(request, assessment, readable)
    unfolded, here = request.GET.get("open", ""), assessment.get_absolute_url()
    for sheet in sheets:
        sheet.shorten(here)
        sheet.open = unfolded in ("all", str(sheet.marker.number)) or len(sheets) == 1
        sheet.status = queries.how_far(sheet.considered, sheet.asked)
        if unfolded != str(sheet.marker.number):
            sheet.lighten()
    context = {
        **page(assessment),
        "sheets": sheets,
        "count": sum(sheet.asked for sheet in sheets),
        "all_open": unfolded == "all",
        "can_fill_in": any(sheet.to_fill_in for sheet in sheets),
        "from_page": "questions",
        # A hundred forms: their addresses go from here.
        "base": "",
    }
    return render(request, "quality_markers/assessments/questions.html", context)


def sheets_for(request: HttpRequest, assessment: Pass, markers: Any) -> list[queries.Sheet]:
    notes = notes_for(assessment, request.user)
    leave = queries.leave_of(request.user, assessment) if editable(assessment) else None
    return queries.sheets(assessment, markers, leave, notes)


def page(assessment: Pass) -> dict[str, Any]:
    """What the template of a question needs, fetched once for all of them."""
    return {
        "review": assessment.review,
        "assessment": assessment,
        "base": assessment.get_absolute_url(),
    }
