from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from reviews.planning.parallel import operations
from reviews.planning.parallel.forms import EndForm, ProcessForm, initial_of
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_PLAN)
def parallel(request: HttpRequest, review: Review) -> HttpResponse:
    rows = list(review.parallelprocesss.all())
    context = {
        "review": review,
        "going": [row for row in rows if row.ended_on is None],
        "ended": [row for row in rows if row.ended_on],
        "may_keep": request.user.has_perm(Permission.KEEP_PLAN, review),
    }
    return render(request, "reviews/planning/parallel/parallel.html", context)


def _back(review: Review) -> str:
    return reverse("reviews:parallel", args=[review.pk])


@review_view(Permission.KEEP_PLAN)
def parallel_new(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"parallel:{review.pk}:new"
    form = ProcessForm(posted(request), initial=restore_into(request, key))

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.add_process(review=review, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("The register has a new process."),
        back=_back(review),
        review=review,
        heading=_("Add a parallel process"),
        button=_("Add"),
        draft_key=key,
    )


@review_view(Permission.KEEP_PLAN)
def parallel_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.parallelprocesss, pk=pk)
    key = f"parallel:{review.pk}:{found.pk}"
    initial = initial_of(found) | (restore_into(request, key) or {})
    form = ProcessForm(posted(request), initial=initial)

    def act(by: Any, version: int | None, **fields: Any) -> None:
        operations.change_process(process=found, version=version or 0, by=by, **fields)

    return form_page(
        request,
        form,
        act,
        done=_("The process is saved."),
        back=_back(review),
        review=review,
        heading=found.name,
        button=_("Save"),
        draft_key=key,
    )


@review_view(Permission.KEEP_PLAN)
def parallel_end(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.parallelprocesss, pk=pk)
    form = EndForm(posted(request))

    def act(**said: Any) -> None:
        operations.end_process(process=found, **said)

    return form_page(
        request,
        form,
        act,
        done=_("%(name)s has ended.") % {"name": found.name},
        back=_back(review),
        review=review,
        heading=_("Record that %(name)s has ended") % {"name": found.name},
        button=_("Record it"),
    )
