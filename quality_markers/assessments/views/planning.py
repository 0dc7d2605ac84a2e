"""The plan of a pass: which marker when, who leads it, who joins, and what is given to whom."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.views.reading import carry_out, editable
from quality_markers.assessments.working_forms import PlanForm, SeveralForm, planned
from quality_markers.catalogue.models import Marker
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission


@pass_view(*rules.READ)
def plan(request: HttpRequest, assessment: Pass) -> HttpResponse:
    """Who may read a part of the pass sees that part of its plan."""
    user, is_open = request.user, editable(assessment)
    context = {
        "review": assessment.review,
        "assessment": assessment,
        "rows": queries.plan_of(assessment, user),
        "progressive": assessment.purpose == Pass.Purpose.PROGRESSIVE,
        "may_plan": is_open and user.has_perm(Permission.ANSWER_MARKERS, assessment.review),
        "is_open": is_open,
    }
    return render(request, "quality_markers/assessments/plan.html", context)


def _to_plan(assessment: Pass) -> Any:
    """A progressive pass plans markers that it has not taken up yet."""
    progressive = assessment.purpose == Pass.Purpose.PROGRESSIVE
    markers = assessment.catalogue.markers if progressive else assessment.markers
    return markers.order_by("number")


def back(assessment: Pass) -> str:
    return reverse("quality_markers:plan", args=[assessment.review_id, assessment.number])


@pass_view(Permission.ANSWER_MARKERS)
def plan_marker(request: HttpRequest, assessment: Pass, marker: int) -> HttpResponse:
    found = _marker(assessment, marker)
    row = assessment.plan.filter(marker=found).select_related("lead").first()
    people = queries.who_fill_in(assessment.review, found)
    form = PlanForm(posted(request), initial=planned(row), people=people)

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.plan_marker(
            assessment=assessment, marker=found, version=version or 0, by=by, **said
        )

    return form_page(
        request,
        form,
        act,
        done=_("The plan is saved."),
        back=back(assessment),
        review=assessment.review,
        heading=_("Plan %(marker)s") % {"marker": found},
        button=_("Save"),
    )


def _marker(assessment: Pass, number: int) -> Marker:
    found = _to_plan(assessment).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@pass_view(Permission.ANSWER_MARKERS)
def plan_several(request: HttpRequest, assessment: Pass) -> HttpResponse:
    markers = list(_to_plan(assessment))
    form = SeveralForm(
        posted(request), markers=markers, people=queries.who_fill_in(assessment.review)
    )
    return form_page(
        request,
        form,
        lambda by, **said: operations.plan_several(assessment=assessment, by=by, **said),
        done=_("The plan is saved."),
        back=back(assessment),
        review=assessment.review,
        heading=_("Plan several markers at once"),
        button=_("Save"),
        intro=_("What you leave empty stays as it was planned before."),
    )


@pass_view(Permission.ANSWER_MARKERS)
@require_POST
def unplan(request: HttpRequest, assessment: Pass, marker: int) -> HttpResponse:
    found = _marker(assessment, marker)
    return carry_out(
        request,
        lambda: operations.unplan(assessment=assessment, marker=found, by=request.user),
        _("Marker %(number)s is out of the plan.") % {"number": found.number},
        back(assessment),
    )


@pass_view(Permission.ANSWER_MARKERS)
@require_POST
def take_up(request: HttpRequest, assessment: Pass, marker: int) -> HttpResponse:
    found = _marker(assessment, marker)
    return carry_out(
        request,
        lambda: operations.take_up(assessment=assessment, marker=found, by=request.user),
        _("Marker %(number)s is part of the self-assessment now.") % {"number": found.number},
        back(assessment),
    )
