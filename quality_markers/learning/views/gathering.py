"""After closure, on the review: into the board's learning, and out of it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quality_markers.learning import operations, queries, rules
from quality_markers.learning.forms import GatherForm
from quality_markers.learning.models import Improvement
from quality_markers.learning.views.improvements import fetch
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.accounts.views.parts import attempt
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.ANSWER_MARKERS)
def improvement_gather(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = fetch(request, review, pk)
    back = reverse("quality_markers:improvements", args=[review.pk])
    if not queries.gathers(review, request.user):
        messages.error(request, _("What is learned is gathered once the review is closed."))
        return redirect(back)
    key = f"gather:{found.pk}"
    form = GatherForm(
        posted(request),
        initial=_initial(found) | (restore_into(request, key) or {}),
        kept=found,
        asks=bool(_traces(request, found)),
    )

    def act(by: Any, version: int | None, **said: Any) -> None:
        operations.gather(improvement=found, version=version or 0, by=by, **said)

    return form_page(
        request,
        form,
        act,
        done=_("The board can read it now."),
        back=back,
        template="quality_markers/learning/gather.html",
        review=review,
        improvement=found,
        heading=_("Gather into the board’s learning"),
        button=_("Gather it") if not found.gathered_at else _("Save"),
        draft_key=key,
    )


def _initial(found: Improvement) -> dict[str, Any]:
    return {
        "gathered_text": found.gathered_text or found.text,
        "gathered_quote": found.gathered_quote if found.gathered_at else found.quote,
        "themes": list(found.themes.all()),
        "version": found.version,
    }


def _traces(request: HttpRequest, found: Improvement) -> list[str]:
    """Only what is being sent is looked at: before that the review's own words stand there."""
    texts = [request.POST.get(name, "") for name in ("gathered_text", "gathered_quote")]
    return rules.traces(found.review, request.user, *texts) if any(texts) else []


@review_view(Permission.ANSWER_MARKERS)
@require_POST
def improvement_take_back(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = fetch(request, review, pk)
    attempt(
        request,
        lambda: operations.take_back(improvement=found, by=request.user),
        _("It is out of the board’s learning. What the review noted stays."),
    )
    return redirect("quality_markers:improvements", review.pk)
