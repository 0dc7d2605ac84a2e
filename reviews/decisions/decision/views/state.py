from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.decision.models import Decision


def in_state(review: Review, state: str) -> Decision | None:
    return review.decisions.filter(state=state).select_related("written_by").first()


def moved_on(request: HttpRequest, review: Review) -> HttpResponse:
    """A second click or an old page: somebody signed it, returned it or took it back."""
    messages.info(request, _("The decision is no longer where your page had it. See where it is."))
    return redirect("reviews:decision", review.pk)
