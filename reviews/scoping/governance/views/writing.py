from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.scoping.governance import rules
from reviews.scoping.governance.forms import (
    ImpasseForm,
    ResponsibilityForm,
    StepForm,
    TextsForm,
    initial_of_impasse,
    initial_of_step,
    initial_of_texts,
)
from reviews.scoping.governance.models import Governance
from reviews.scoping.governance.operations import people, steps, texts
from scr_portal.accounts.views.parts import attempt
from scr_portal.drafts.restoring import restore_into

OURS = "ours"


def _back(review: Review, part: str = "") -> str:
    return reverse("reviews:governance", args=[review.pk]) + part


@review_view(Permission.WRITE_SCOPE)
def governance_edit(request: HttpRequest, review: Review) -> HttpResponse:
    """``?start=ours`` begins the first version with our own words."""
    found = Governance.objects.filter(review=review).first()
    key = f"governance:{review.pk}"
    initial = initial_of_texts(found)
    if found is None and request.GET.get("start") == OURS:
        initial |= rules.TEMPLATE
    form = TextsForm(posted(request), initial=initial | (restore_into(request, key) or {}))

    def act(**said: Any) -> None:
        texts.write_texts(review=review, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The governance is saved."),
        back=_back(review),
        template="reviews/scoping/governance/texts.html",
        review=review,
        heading=_("Challenge, independence and impasse"),
        button=_("Save"),
        draft_key=key,
        first=found is None,
    )


@review_view(Permission.WRITE_SCOPE)
def responsibility_new(request: HttpRequest, review: Review) -> HttpResponse:
    form = ResponsibilityForm(posted(request), initial=request.GET.dict(), review=review)

    def act(**said: Any) -> None:
        people.add_responsibility(review=review, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The responsibility is on the list."),
        back=_back(review),
        review=review,
        heading=_("Name who answers for something"),
        button=_("Add"),
    )


@review_view(Permission.WRITE_SCOPE)
@require_POST
def responsibility_remove(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    attempt(
        request,
        lambda: people.remove_responsibility(review=review, pk=pk, by=request.user),
        _("The responsibility is off the list."),
    )
    return redirect(_back(review))


@review_view(Permission.WRITE_SCOPE)
def step_new(request: HttpRequest, review: Review) -> HttpResponse:
    form = StepForm(posted(request))

    def act(by: Any, version: int | None, **step: Any) -> None:
        steps.add_step(review=review, by=by, **step)

    return form_page(
        request,
        form,
        act,
        done=_("The route has a new step at its end."),
        back=_back(review, "#route"),
        review=review,
        heading=_("Add a step"),
        button=_("Add"),
    )


@review_view(Permission.WRITE_SCOPE)
def step_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.assurancesteps, pk=pk)
    form = StepForm(posted(request), initial=initial_of_step(found))

    def act(by: Any, version: int | None, **fields: Any) -> None:
        steps.change_step(step=found, version=version or 0, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("The step is saved."),
        back=_back(review, "#route"),
        review=review,
        heading=_("Change a step"),
        button=_("Save"),
    )


@review_view(Permission.WRITE_SCOPE)
@require_POST
def step_move(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """``place`` is where the page had the step."""
    place = request.POST.get("place", "")
    attempt(
        request,
        lambda: steps.move_step(
            review=review,
            pk=pk,
            place=int(place) if place.isdecimal() and len(place) < 6 else 0,
            up=request.POST.get("to") == "up",
            by=request.user,
        ),
        _("The step has moved."),
    )
    return redirect(_back(review, "#route"))


@review_view(Permission.WRITE_SCOPE)
@require_POST
def step_remove(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    attempt(
        request,
        lambda: steps.remove_step(review=review, pk=pk, by=request.user),
        _("The step is off the route."),
    )
    return redirect(_back(review, "#route"))


@review_view(Permission.WRITE_SCOPE)
def impasse_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"impasse:{review.pk}:new"
    form = ImpasseForm(posted(request), initial=restore_into(request, key))

    def act(by: Any, version: int | None, **said: Any) -> None:
        texts.record_impasse(review=review, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The impasse is on the record, and stays there."),
        back=_back(review, "#impasses"),
        review=review,
        heading=_("Record an impasse"),
        button=_("Put it on the record"),
        draft_key=key,
        intro=_("Both positions go to the report. The record can be changed, and never deleted."),
    )


@review_view(Permission.WRITE_SCOPE)
def impasse_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.impasses, pk=pk)
    key = f"impasse:{review.pk}:{found.pk}"
    initial = initial_of_impasse(found) | (restore_into(request, key) or {})
    form = ImpasseForm(posted(request), initial=initial)

    def act(by: Any, version: int | None, **said: Any) -> None:
        texts.change_impasse(impasse=found, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The impasse is saved."),
        back=_back(review, "#impasses"),
        review=review,
        heading=_("Impasse"),
        button=_("Save"),
        draft_key=key,
    )
