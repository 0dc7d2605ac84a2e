"""What an answer rests on, on a page of its own, and the form for one piece more."""

import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quality_markers.assessments import queries, rules
from quality_markers.assessments.access import fetch_question, pass_view
from quality_markers.assessments.evidence_form import EvidenceForm
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import evidence as operations
from quality_markers.assessments.queries.evidence import evidence_of
from quality_markers.assessments.queries.record import facts_for
from quality_markers.assessments.views.reading import carry_out, editable
from quality_markers.catalogue.models import Question
from reviews.documents.models import Document
from scr_portal.core.reasons import Refused

ACTS: dict[str, tuple[Callable[..., Any], str | Promise]] = {
    "remove": (operations.remove, gettext_lazy("Taken away. You can put it back below.")),
    "put-back": (operations.put_back, gettext_lazy("It is back.")),
    "broken": (operations.say_broken, gettext_lazy("Marked as not found.")),
    "found": (operations.say_whole, gettext_lazy("Marked as found again.")),
}


@pass_view(*rules.READ)
def evidence(request: HttpRequest, assessment: Pass, marker: int, question: int) -> HttpResponse:
    asked = fetch_question(request.user, assessment, marker, question)
    may_change = _may_change(request.user, assessment, asked)
    gone = _items(assessment, asked, request.user, removed=True) if may_change else []
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "question": asked,
        "items": _items(assessment, asked, request.user),
        "gone": gone,
        "may_change": may_change,
        "back": queries.question_url(assessment, asked),
        "here": _here(assessment, asked),
    }
    return render(request, "quality_markers/assessments/evidence.html", context)


def _items(assessment: Pass, asked: Question, user: Any, *, removed: bool = False) -> list[Any]:
    found = evidence_of(assessment, [asked.marker], user, removed=removed)
    return found.get(asked.pk, [])


def _may_change(user: Any, assessment: Pass, asked: Question) -> bool:
    return editable(assessment) and queries.leave_of(user, assessment).question(asked)


def _here(assessment: Pass, asked: Question) -> str:
    place = [assessment.review_id, assessment.number, asked.marker.number, asked.number]
    return reverse("quality_markers:evidence", args=place)


@pass_view(*rules.FILL_IN)
def evidence_new(
    request: HttpRequest, assessment: Pass, marker: int, question: int
) -> HttpResponse:
    asked = fetch_question(request.user, assessment, marker, question)
    if not queries.leave_of(request.user, assessment).question(asked):
        raise PermissionDenied
    form = _form(request, assessment, asked)
    here = _here(assessment, asked)
    if form.is_valid() and _attached(request, assessment, asked, form):
        return redirect(here)
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "question": asked,
        "form": form,
        "back": here,
    }
    return render(request, "quality_markers/assessments/evidence_new.html", context)


def _form(request: HttpRequest, assessment: Pass, asked: Question) -> EvidenceForm:
    user = request.user
    return EvidenceForm(
        request.POST or None,
        initial={"token": secrets.token_hex(16)},
        documents=Document.objects.readable(user, assessment.review).in_use(),
        facts=facts_for(assessment, [asked.marker], user).get(asked.reference, []),
    )


def _attached(request: HttpRequest, assessment: Pass, asked: Question, form: EvidenceForm) -> bool:
    try:
        operations.attach(assessment=assessment, question=asked, by=request.user, **form.said())
    except Refused as refused:
        form.add_error(None, refused.as_error())
        return False
    return True


@pass_view(*rules.FILL_IN)
@require_POST
def evidence_act(
    request: HttpRequest, assessment: Pass, marker: int, question: int, item: int, act: str
) -> HttpResponse:
    """On a piece that this person sees: what they may not see is not there for them to take."""
    asked = fetch_question(request.user, assessment, marker, question)
    seen = _items(assessment, asked, request.user)
    seen += _items(assessment, asked, request.user, removed=True)
    row = next((each.row for each in seen if each.row.pk == item), None)
    if row is None or act not in ACTS:
        raise Http404
    row.assessment = assessment
    work, words = ACTS[act]
    return carry_out(
        request, lambda: work(item=row, by=request.user), str(words), _here(assessment, asked)
    )
