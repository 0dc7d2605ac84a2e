"""What each person was told, and what was learned from them about taking part."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from families.feedback import queries
from families.feedback.forms import TellForm
from families.feedback.models import Told
from families.feedback.operations import telling
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.case.views.posting import posted
from reviews.case.views.saving import form_page
from reviews.permissions import Permission
from scr_portal.core import clock
from scr_portal.drafts.restoring import restore_into

FOLDER = "families/feedback"


def page_of(review: Review) -> str:
    return reverse("families:feedback", args=[review.pk])


@review_view(Permission.SEE_FAMILY)
def feedback(request: HttpRequest, review: Review) -> HttpResponse:
    context = {
        "review": review,
        "rows": queries.afterwards(review, request.user),
        "may_keep": request.user.has_perm(Permission.KEEP_FAMILY, review),
    }
    return render(request, f"{FOLDER}/afterwards.html", context)


@review_view(Permission.KEEP_FAMILY)
def feedback_tell(request: HttpRequest, review: Review) -> HttpResponse:
    key = f"family-told:{review.pk}"
    kept = restore_into(request, key) or {}
    token = {"token": secrets.token_hex(16)}
    people = list(queries.people_of(review))
    form = TellForm(posted(request), initial=_initial(request) | kept | token, people=people)

    def act(by: Any, **_unused: Any) -> None:
        telling.tell(review=review, by=by, **form.said)

    return form_page(
        request,
        form,
        act,
        done=_("On the record."),
        back=page_of(review),
        review=review,
        heading=_("What were they told?"),
        intro=_(
            "A line for each person and each matter. Lines stand as they are: what has to be put "
            "right is said in another one."
        ),
        button=_("Save"),
        draft_key=key,
    )


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Of the person and the matter that the link names, else begun today."""
    about = request.GET.get("about", "")
    return {
        "people": [request.GET.get("person", "")],
        "about": [about] if about in Told.About.values else [],
        "on": clock.today(),
        "told_by": str(request.user),
    }
