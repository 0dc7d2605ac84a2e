from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.case.access import review_view
from reviews.case.forms.history import HistoryForm
from reviews.case.models import Review
from reviews.case.queries import history_for
from reviews.case.timeline import told
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.audit.queries import actors_of, narrowed

PER_PAGE = 50


@review_view(Permission.READ_HISTORY)
def history(request: HttpRequest, review: Review) -> HttpResponse:
    """Reading the history is itself an event, and so the newest line of it."""
    with transaction.atomic():
        audit.record(kind=audit.Event.HISTORY_READ, by=request.user, target=review, review=review)
    readable = history_for(review, request.user)
    form = HistoryForm(request.GET or None, actors=actors_of(readable))
    events = narrowed(readable, **_wanted(form))
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "review": review,
        "form": form,
        "page": page,
        "events": told(page),
        "narrowed": any(_wanted(form).values()),
    }
    return render(request, "reviews/case/history.html", context)


def _wanted(form: HistoryForm) -> dict[str, Any]:
    """A filter that can't be read narrows nothing; the form says what is wrong with it."""
    return form.wanted() if form.is_bound and form.is_valid() else {}
