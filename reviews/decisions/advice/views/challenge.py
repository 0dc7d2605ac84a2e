from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.decisions.advice.forms import ChallengeForm, initial_of_challenge
from reviews.decisions.advice.models import PeerChallenge
from reviews.decisions.advice.operations import challenge as operations
from reviews.decisions.advice.views.saving import saved
from reviews.permissions import Permission
from scr_portal.drafts.restoring import restore_into


@review_view(Permission.EDIT, Permission.SIGN)
def challenge_new(request: HttpRequest, review: Review) -> HttpResponse:
    def act(version: int, **said: Any) -> None:
        operations.record_challenge(review=review, **said)

    return _challenge(request, review, None, act)


@review_view(Permission.EDIT, Permission.SIGN)
def challenge_edit(request: HttpRequest, review: Review, pk: int) -> HttpResponse:
    found = get_object_or_404(review.peerchallenges, pk=pk)

    def act(**said: Any) -> None:
        operations.change_challenge(challenge=found, **said)

    return _challenge(request, review, found, act)


def _challenge(
    request: HttpRequest, review: Review, found: PeerChallenge | None, act: Any
) -> HttpResponse:
    key = f"challenge:{review.pk}:{found.pk if found else 'new'}"
    kept = restore_into(request, key)
    form = ChallengeForm(posted(request), initial=initial_of_challenge(found) | (kept or {}))
    if saved(request, form, key, act):
        messages.success(request, _("The independent challenge is on the record"))
        return redirect("reviews:advice", review.pk)
    context = {"review": review, "form": form, "challenge": found, "draft_key": key}
    return render(request, "reviews/decisions/advice/challenge.html", context)
