"""On a review: improvements for those that follow, noted when looking back."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quality_markers.assessments.access import pass_view
from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries import markers_for, passes_of
from quality_markers.assessments.rules import ANSWER, READ
from quality_markers.learning import operations, queries, rules
from quality_markers.learning.forms import ImprovementForm
from quality_markers.learning.models import Improvement
from quality_markers.learning.operations.noting import may_note
from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.accounts.views.parts import attempt
from scr_portal.drafts.restoring import restore_into


@review_view(*READ)
@require_safe
def improvements(request: HttpRequest, review: Review) -> HttpResponse:
    user = request.user
    rows = list(queries.improvements_of(review, user))
    is_open = review.stage != Stage.CLOSED
    for row in rows:
        mine = is_open and not row.gathered_at and may_note(user, review, row.marker)
        row.may_change = mine  # type: ignore[attr-defined]
    back = passes_of(review, user).filter(purpose=Pass.Purpose.RETROSPECTIVE)
    context = {
        "review": review,
        "rows": [row for row in rows if not row.dropped_at],
        "dropped": [row for row in rows if row.dropped_at],
        "passes": list(back.exclude(state=Pass.State.WITHDRAWN)) if is_open else [],
        "may_note": is_open and any(user.has_perm(each, review) for each in ANSWER),
        "gathers": queries.gathers(review, user),
        "is_open": is_open,
    }
    return render(request, "quality_markers/learning/improvements.html", context)


def _page(review: Review) -> str:
    return reverse("quality_markers:improvements", args=[review.pk])


@pass_view(*ANSWER)
def improvement_new(request: HttpRequest, assessment: Pass) -> HttpResponse:
    review, user = assessment.review, request.user
    if not rules.takes_notes(assessment):
        text = _("Improvements are noted in a self-assessment that looks back, before closure.")
        messages.error(request, text)
        return redirect(_page(review))
    key = f"improvement:{assessment.pk}:new"
    marker = {"marker": request.GET.get("marker", "")}
    initial = marker | (restore_into(request, key) or {}) | {"token": secrets.token_hex(16)}
    form = ImprovementForm(
        posted(request),
        initial=initial,
        board_id=review.board_id,
        markers=markers_for(user, assessment, ANSWER),
        whole=user.has_perm(Permission.ANSWER_MARKERS, review),
    )

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.note(assessment=assessment, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("It is noted for the reviews that follow."),
        back=_page(review),
        review=review,
        heading=_("Note an improvement for future reviews"),
        button=_("Note it"),
        intro=_(
            "What would you do otherwise next time? After closure it is gathered, in words that "
            "do not give the case away, into what the board learns."
        ),
        draft_key=key,
    )


@review_view(*ANSWER)
def improvement_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = fetch(request, review, pk)
    key = f"improvement:{found.pk}"
    initial = {"text": found.text, "quote": found.quote, "version": found.version}
    initial |= {"themes": list(found.themes.all())} | (restore_into(request, key) or {})
    form = ImprovementForm(posted(request), initial=initial, board_id=review.board_id, kept=found)

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.change(improvement=found, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The improvement is saved."),
        back=_page(review),
        review=review,
        heading=_("Change an improvement: %(about)s") % {"about": found},
        button=_("Save"),
        draft_key=key,
    )


def fetch(request: HttpRequest, review: Review, pk: int) -> Improvement:
    """404 for one that this person may not read, 403 for one that they may only read."""
    found = get_object_or_404(queries.improvements_of(review, request.user), pk=pk)
    found.review = review
    if not may_note(request.user, review, found.marker):
        raise PermissionDenied
    return found


@review_view(*ANSWER)
@require_POST
def improvement_drop(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = fetch(request, review, pk)
    attempt(
        request,
        lambda: operations.drop(improvement=found, by=request.user),
        _("The improvement is set aside. It can be put back from the end of the page."),
    )
    return redirect(_page(review))


@review_view(*ANSWER)
@require_POST
def improvement_put_back(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = fetch(request, review, pk)
    attempt(
        request,
        lambda: operations.put_back(improvement=found, by=request.user),
        _("The improvement is put back."),
    )
    return redirect(_page(review))
