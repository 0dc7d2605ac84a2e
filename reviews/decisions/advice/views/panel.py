import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.advice import queries
from reviews.decisions.advice.forms import MeetingForm, RecommendForm
from reviews.decisions.advice.models import Meeting
from reviews.decisions.advice.operations import panel as operations
from reviews.decisions.advice.views.saving import saved
from reviews.permissions import Permission
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.READ_DECISIONS)
def meeting(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    """With its minutes, and whatever else belongs to it."""
    found = get_object_or_404(queries.meetings_of(review), pk=pk)
    may_change = request.user.has_perm(Permission.RECOMMEND, review)
    context = {"review": review, "meeting": found, "may_change": may_change}
    return render(request, "reviews/decisions/advice/meeting.html", context)


@review_view(Permission.RECOMMEND)
def meeting_new(request: HttpRequest, review: Review) -> HttpResponse:
    def act(version: int, **said: Any) -> Meeting:
        return operations.record_meeting(review=review, **said)

    return _meeting(request, review, None, act)


@review_view(Permission.RECOMMEND)
def meeting_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.meetings, pk=pk)

    def act(**said: Any) -> Meeting:
        return operations.change_meeting(meeting=found, **said)

    return _meeting(request, review, found, act)


def _meeting(request: HttpRequest, review: Review, found: Meeting | None, act: Any) -> HttpResponse:
    key = f"meeting:{review.pk}:{found.pk if found else 'new'}"
    kept = restore_into(request, key)
    stored = {name: getattr(found, name) for name in MeetingForm.base_fields} if found else {}
    form = MeetingForm(posted(request), initial={"version": 0} | stored | (kept or {}))
    if kept_meeting := saved(request, form, key, act):
        messages.success(request, _("The meeting is on the record. Its minutes can be attached"))
        return redirect(kept_meeting)
    context = {"review": review, "form": form, "meeting": found, "draft_key": key}
    return render(request, "reviews/decisions/advice/meeting_edit.html", context)


@review_view(Permission.RECOMMEND)
def recommend(request: HttpRequest, review: Review) -> HttpResponse:
    if request.method == "GET" and review.stage != Stage.CONSIDERING:
        messages.info(request, _("A recommendation is made while the board considers the case."))
        return redirect("reviews:advice", review.pk)
    key = f"recommendation:{review.pk}"
    kept = restore_into(request, key)
    initial = {**_latest(review), **(kept or {})}
    more = "more" in request.POST
    form = RecommendForm(
        None if more else posted(request),
        initial=request.POST.dict() if more else initial,
        review=review,
        dissents=_boxes(request.POST or initial) + more,
    )

    def act(**said: Any) -> None:
        token = request.POST.get("token", "")
        operations.recommend(review=review, token=token, **said)

    if not more and saved(request, form, key, act):
        messages.success(request, _("The recommendation is on the record. The chair has been told"))
        return redirect("reviews:advice", review.pk)
    context = {
        "review": review,
        "form": form,
        "draft_key": key,
        "corrects": review.recommendations.exists(),
        "token": request.POST.get("token") or secrets.token_hex(16),
    }
    return render(request, "reviews/decisions/advice/recommend.html", context)


def _boxes(fields: Any) -> int:
    """How many pairs of boxes for dissent were on the page, or are filled; one at the least."""
    numbers = [name.removeprefix("who_") for name in fields]
    return max([1, *(int(n) for n in numbers if n.isdecimal() and len(n) < 4)])


def _latest(review: Review) -> dict[str, Any]:
    """A correction begins with the words of what it corrects."""
    latest = queries.latest_recommendation(review)
    if latest is None:
        return {}
    initial = {name: getattr(latest, name) for name in ("outcome", "nature", "rationale")}
    for number, dissent in enumerate(latest.dissents.all(), start=1):
        initial |= {f"who_{number}": dissent.who, f"dissent_{number}": dissent.text}
    return initial | {"meeting": latest.meeting_id}
