"""Where the record says otherwise than the answers, and how somebody explains it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import fetch_question, pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries.record import Contradiction, Standing, contradictions
from quality_markers.assessments.views.reading import editable
from quality_markers.catalogue.models import Question
from reviews.case.views.saving import form_page
from scr_portal.core.forms import Form, long_text


class ExplanationForm(Form):
    words = long_text(
        gettext_lazy("What explains it"),
        help_text=gettext_lazy(
            "Why the answer holds although the record says this. Everybody who may read the answer "
            "reads these words, the chair too."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    # Which facts stood on the page.
    seen = forms.CharField(widget=forms.HiddenInput)

    unshown = frozenset({"seen"})

    def __init__(self, *args: Any, found: Contradiction, **kwargs: Any) -> None:
        row = found.explanation
        initial = {
            "words": row.words if row else "",
            "version": row.version if row else 0,
            "seen": found.seen,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})


@pass_view(*rules.READ)
def record(request: HttpRequest, assessment: Pass) -> HttpResponse:
    found = contradictions(assessment, request.user)
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "standing": Standing(found),
        "mine": _to_explain(assessment, request.user, found),
    }
    return render(request, "quality_markers/assessments/against_record.html", context)


def _to_explain(assessment: Pass, user: Any, found: list[Contradiction]) -> set[int]:
    """Questions whose contradiction this person may explain: those that they may answer."""
    if not editable(assessment):
        return set()
    leave = queries.leave_of(user, assessment)
    return {each.question.pk for each in found if leave.question(each.question)}


@pass_view(*rules.FILL_IN)
def explain(request: HttpRequest, assessment: Pass, marker: int, question: int) -> HttpResponse:
    asked = fetch_question(request.user, assessment, marker, question)
    back = queries.question_url(assessment, asked)
    found = next(iter(contradictions(assessment, request.user, only=asked)), None)
    if found is None or not editable(assessment):
        return redirect(back)
    if not _to_explain(assessment, request.user, [found]):
        raise PermissionDenied
    return _page(request, assessment, asked, found, back)


def _page(
    request: HttpRequest, assessment: Pass, asked: Question, found: Contradiction, back: str
) -> HttpResponse:
    def act(**said: Any) -> None:
        operations.explain(assessment=assessment, question=asked, **said)

    form = ExplanationForm(request.POST or None, found=found)
    return form_page(
        request,
        form,
        act,
        done=_("The explanation is saved."),
        back=back,
        template="quality_markers/assessments/explain.html",
        review=assessment.review,
        assessment=assessment,
        contradiction=found,
        heading=_("Explain what the record says to %(reference)s") % {"reference": found.reference},
        button=_("Save the explanation"),
    )
