"""Writing: one answer or one reflection at a time, by script or by a plain form."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import fetch_marker, fetch_question, pass_view
from quality_markers.assessments.forms import AnswerForm, ReflectionForm, TextsForm
from quality_markers.assessments.models import Answer, Pass
from quality_markers.assessments.views.questions import marker_page
from quality_markers.catalogue.models import Marker, Question
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.core.templatetags import portal


@pass_view(*rules.FILL_IN)
@require_POST
def answer(request: HttpRequest, assessment: Pass, marker: int, question: int) -> HttpResponse:
    """Save one answer. JSON for the script that saves by itself, a page for a plain form."""
    asked = fetch_question(request.user, assessment, marker, question)
    form = AnswerForm(request.POST, anchor=f"q-{marker}-{question}")

    def save(version: str) -> Any:
        return operations.save_answer(
            assessment=assessment,
            question=asked,
            by=request.user,
            version=version,
            changes=form.changes,
        )

    return _saved(request, assessment, asked.marker, form, save, asked)


@pass_view(*rules.FILL_IN)
@require_POST
def reflection(request: HttpRequest, assessment: Pass, marker: int) -> HttpResponse:
    found = fetch_marker(request.user, assessment, marker)
    form = ReflectionForm(request.POST, anchor=f"reflection-{marker}")

    def save(version: str) -> Any:
        return operations.save_reflection(
            assessment=assessment,
            marker=found,
            by=request.user,
            version=version,
            text=form.changes.get("text", ""),
        )

    return _saved(request, assessment, found, form, save)


def _saved(
    request: HttpRequest,
    assessment: Pass,
    marker: Marker,
    form: TextsForm,
    save: Any,
    question: Question | None = None,
) -> HttpResponse:
    version = request.POST.get("version", "")
    by_script = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    if not form.is_valid():
        if by_script:
            return JsonResponse({"errors": form.errors}, status=422)
        return marker_page(request, assessment, marker, form, question=question, version=version)
    try:
        row, token = save(version)
    except operations.Conflict as conflict:
        if by_script:
            return _conflict_json(conflict)
        return _conflict_page(request, assessment, marker, form, conflict, question)
    except Refused as refused:
        if by_script:
            reasons = [str(reason) for reason in refused.reasons]
            return JsonResponse({"errors": {"": reasons}}, status=422)
        return _unsaved_page(request, assessment, marker, form, refused)
    if by_script:
        saved_at = portal.clock(clock.now())
        words = _words(assessment, marker, form, row)
        return JsonResponse(
            {"version": token, "saved_at": saved_at, "by": str(request.user), "words": words}
        )
    return redirect(_back(request, assessment, marker, form))


def _words(assessment: Pass, marker: Marker, form: TextsForm, row: Any) -> dict[str, str]:
    """What the page said and is no longer so, by the name of the place where it stands."""
    words = {_anchor(form): queries.last_saved(row)}
    if "judgement" in getattr(row, "written", ()):
        words[f"marker-{marker.number}"] = queries.how_far(*queries.considered(assessment, marker))
    return words


def _anchor(form: TextsForm) -> str:
    return str(form.auto_id).removesuffix("-%s")


def _back(request: HttpRequest, assessment: Pass, marker: Marker, form: TextsForm) -> str:
    """To the place on the page from which it was sent."""
    base, anchor = assessment.get_absolute_url(), _anchor(form)
    if request.POST.get("page") == "questions":
        return f"{base}questions?open={marker.number}#{anchor}"
    return f"{base}marker/{marker.number}/#{anchor}"


def _at(moment: Any) -> str:
    today = timezone.localtime(moment).date() == clock.today()
    return portal.clock(moment) if today else portal.moment(moment)


def _conflict_json(conflict: operations.Conflict) -> JsonResponse:
    body = {
        "theirs": conflict.theirs,
        "by": str(conflict.by),
        "at": _at(conflict.at),
        "version": conflict.version,
        "fields": list(conflict.theirs),
    }
    return JsonResponse(body, status=409)


def _conflict_page(
    request: HttpRequest,
    assessment: Pass,
    marker: Marker,
    form: TextsForm,
    conflict: operations.Conflict,
    question: Question | None,
) -> HttpResponse:
    """Both texts, and the choice between them."""
    rows = [
        {
            "name": name,
            "label": form.fields[name].label,
            "mine": form.changes[name],
            "theirs": theirs,
            "shown": [queries.words_of(name, form.changes[name]), queries.words_of(name, theirs)],
        }
        for name, theirs in conflict.theirs.items()
    ]
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "marker": marker,
        "question": question,
        "rows": rows,
        "conflict": conflict,
        "at": _at(conflict.at),
        "judgements": Answer.Judgement.choices,
        "from_page": request.POST.get("page", "marker"),
        "back": _back(request, assessment, marker, form),
    }
    return render(request, "quality_markers/assessments/conflict.html", context, status=409)


def _unsaved_page(
    request: HttpRequest, assessment: Pass, marker: Marker, form: TextsForm, refused: Refused
) -> HttpResponse:
    """The pass was closed to writers in the meantime: what was typed is there to be copied."""
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "marker": marker,
        "reasons": refused.reasons,
        "texts": [
            (form.fields[name].label, queries.words_of(name, text))
            for name, text in form.changes.items()
            if text
        ],
    }
    return render(request, "quality_markers/assessments/unsaved.html", context, status=409)
