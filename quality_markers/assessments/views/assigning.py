"""What is given to whom, and who stands in while somebody is away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.assessments import operations, queries, rules
from quality_markers.assessments.access import pass_view
from quality_markers.assessments.models import Delegation, Pass
from quality_markers.assessments.views.planning import back
from quality_markers.assessments.views.reading import carry_out
from quality_markers.assessments.working_forms import AssignForm, StandInForm
from quality_markers.catalogue.models import Question
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock


@pass_view(Permission.ANSWER_MARKERS)
def assign(request: HttpRequest, assessment: Pass) -> HttpResponse:
    asked = (
        Question.objects.filter(marker__in=assessment.markers.all())
        .select_related("marker")
        .order_by("marker__number", "number")
    )
    initial = {"what": request.GET.getlist("what")}
    form = AssignForm(
        posted(request),
        initial=initial,
        people=queries.who_fill_in(assessment.review),
        questions=asked,
    )

    def act(by: Any, person: Any, wanted_on: Any, **_said: Any) -> None:
        operations.assign(
            assessment=assessment,
            person=person,
            markers=form.markers,
            questions=form.questions,
            wanted_on=wanted_on,
            by=by,
        )

    return form_page(
        request,
        form,
        act,
        done=_("It is assigned, and they are told."),
        back=back(assessment),
        template="quality_markers/assessments/assign.html",
        review=assessment.review,
        assessment=assessment,
    )


@pass_view(*rules.FILL_IN)
@require_POST
def end_assignment(request: HttpRequest, assessment: Pass, pk: int) -> HttpResponse:
    rows = assessment.assignments.all()
    if not request.user.has_perm(Permission.ANSWER_MARKERS, assessment.review):
        rows = rows.filter(person=request.user.pk)
    row = get_object_or_404(rows, pk=pk)
    return carry_out(
        request,
        lambda: operations.end_assignment(assignment=row, by=request.user),
        _("It is no longer assigned."),
        back(assessment),
    )


@review_view(*rules.FILL_IN)
def stand_ins(request: HttpRequest, review: Review) -> HttpResponse:
    """Who assigns sees all of them, anybody else those in which they have a part."""
    rows = _of(review, request.user).select_related("person", "deputy")
    today = clock.today()
    context = {
        "review": review,
        "rows": [row for row in rows if row.ended_at is None and row.ends >= today],
        "past": [row for row in rows if row.ended_at is not None or row.ends < today],
        "today": today,
    }
    return render(request, "quality_markers/assessments/stand_ins.html", context)


def _of(review: Review, user: Any) -> Any:
    rows = Delegation.objects.filter(review=review).order_by("begins", "pk")
    if user.has_perm(Permission.ANSWER_MARKERS, review):
        return rows
    return rows.filter(person=user) | rows.filter(deputy=user)


@review_view(*rules.FILL_IN)
def stand_in_new(request: HttpRequest, review: Review) -> HttpResponse:
    of_others = request.user.has_perm(Permission.ANSWER_MARKERS, review)
    form = StandInForm(
        posted(request),
        people=queries.who_fill_in(review),
        person=None if of_others else request.user,
        initial={"begins": clock.today()} | ({"person": request.user.pk} if of_others else {}),
    )

    def act(by: Any, person: Any = None, **said: Any) -> None:
        operations.name_stand_in(review=review, person=person or by, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("Entered. They find what is assigned among their own questions while it lasts."),
        back=reverse("quality_markers:stand_ins", args=[review.pk]),
        review=review,
        heading=_("Somebody stands in"),
        button=_("Save"),
        intro=_(
            "While it lasts, whoever stands in may fill in what is assigned to the other on this "
            "review, as far as they may read it. Nothing is assigned anew."
        ),
    )


@review_view(*rules.FILL_IN)
@require_POST
def stand_in_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    row = get_object_or_404(_of(review, request.user), pk=pk)
    return carry_out(
        request,
        lambda: operations.end_stand_in(delegation=row, by=request.user),
        _("It has ended."),
        reverse("quality_markers:stand_ins", args=[review.pk]),
    )
