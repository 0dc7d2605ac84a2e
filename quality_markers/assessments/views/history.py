"""What a text said before, beside what it says now, and the way back to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import fetch_marker, fetch_question, pass_view
from quality_markers.assessments.models import Answer, Pass, Reflection, Written
from quality_markers.catalogue.models import Marker, Question
from scr_portal.core.reasons import Refused


@pass_view(*rules.READ)
def answer_history(
    request: HttpRequest, assessment: Pass, marker: int, question: int
) -> HttpResponse:
    asked = fetch_question(request.user, assessment, marker, question)
    row = assessment.answers.filter(question=asked).select_related("by").first()
    here = f"answer/{marker}/{question}/"
    return _history(request, assessment, asked.marker, row, Answer, here, question=asked)


@pass_view(*rules.READ)
def reflection_history(request: HttpRequest, assessment: Pass, marker: int) -> HttpResponse:
    found = fetch_marker(request.user, assessment, marker)
    row = assessment.reflections.filter(marker=found).select_related("by").first()
    return _history(request, assessment, found, row, Reflection, f"reflection/{marker}/")


def _history(
    request: HttpRequest,
    assessment: Pass,
    marker: Marker,
    row: Any,
    kind: type[Written],
    here: str,
    question: Question | None = None,
) -> HttpResponse:
    earlier = row.texts.select_related("by") if row else ()
    shown = Paginator(earlier, 10).get_page(request.GET.get("page"))
    compared = _compared(row, kind, request.GET.get("compare", ""))
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "marker": marker,
        "question": question,
        "row": row,
        "now": _fields(kind, row) if row else [],
        "page": shown,
        "earlier": [(text, _fields(kind, text)) for text in shown],
        "compared": compared,
        "restore_base": f"{assessment.get_absolute_url()}{here}restore/",
        "editable": assessment.is_editable and _may_write(request, assessment, marker, question),
    }
    return render(request, "quality_markers/assessments/history.html", context)


def _may_write(
    request: HttpRequest, assessment: Pass, marker: Marker, question: Question | None
) -> bool:
    leave = queries.leave_of(request.user, assessment)
    return leave.question(question) if question else leave.marker(marker)


def _fields(kind: type[Written], text: Any) -> list[tuple[Any, str]]:
    labels = {name: kind._meta.get_field(name).verbose_name for name in kind.FIELDS}  # type: ignore[union-attr]
    words = {name: queries.words_of(name, str(getattr(text, name))) for name in kind.FIELDS}
    return [(labels[name], words[name]) for name in kind.FIELDS if words[name]]


def _compared(row: Any, kind: type[Written], version: str) -> dict[str, Any] | None:
    if row is None or not version.isdecimal() or len(version) > 9:
        return None
    earlier = row.texts.select_related("by").filter(version=int(version)).first()
    if earlier is None:
        return None
    pairs = [
        (
            kind._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
            queries.words_of(name, str(getattr(earlier, name))),
            queries.words_of(name, str(getattr(row, name))),
        )
        for name in kind.FIELDS
        if getattr(earlier, name) != getattr(row, name)
    ]
    return {"earlier": earlier, "pairs": pairs}


@pass_view(*rules.FILL_IN)
@require_POST
def restore_answer(
    request: HttpRequest, assessment: Pass, marker: int, question: int, version: int
) -> HttpResponse:
    asked = fetch_question(request.user, assessment, marker, question)
    row = get_object_or_404(assessment.answers.select_related("question__marker"), question=asked)
    place = [assessment.review_id, assessment.number, marker, question]
    return _restored(
        request,
        lambda: operations.restore(answer=row, version=version, by=request.user),
        reverse("quality_markers:answer_history", args=place),
    )


@pass_view(*rules.FILL_IN)
@require_POST
def restore_reflection(
    request: HttpRequest, assessment: Pass, marker: int, version: int
) -> HttpResponse:
    found = fetch_marker(request.user, assessment, marker)
    row = get_object_or_404(assessment.reflections.select_related("marker"), marker=found)
    place = [assessment.review_id, assessment.number, marker]
    return _restored(
        request,
        lambda: operations.restore_reflection(reflection=row, version=version, by=request.user),
        reverse("quality_markers:reflection_history", args=place),
    )


def _restored(request: HttpRequest, restore: Any, back: str) -> HttpResponse:
    try:
        restore()
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, _("The earlier text is back. What it replaced is kept below."))
    return redirect(back)
