from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest

from quality_markers.assessments import queries, rules
from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries import Scope
from quality_markers.catalogue.models import Marker, Question
from reviews.case.access import review_view
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import View
from scr_portal.core.prepared import prepared


def pass_view(*permissions: Permission) -> Callable[[View], View]:
    """As review_view, giving the pass. One of which nothing may be read is not there: 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def fetched(request: HttpRequest, review: Review, number: int, **kwargs: Any) -> Any:
            return view(request, fetch(request.user, review, number), **kwargs)

        return review_view(*permissions)(fetched)

    return decorate


def fetch(user: Any, review: Review, number: int) -> Pass:
    scope = queries.scope(user, review, rules.READ)
    if scope is Scope.NONE or not (found := _passes(scope, review=review, number=number)):
        raise Http404
    assessment: Pass = found[0]
    # The same object, which remembers what this person may do.
    assessment.review = review
    return assessment


@prepared
def _passes(scope: Scope, *, review: Review, number: int) -> Any:
    return (
        queries.passes_within(scope, review)
        .select_related("catalogue", "signature", "copied_from")
        .select_related("opened_by", "submitted_by", "returned_by", "withdrawn_by")
        .filter(number=number)
    )


def fetch_marker(user: Any, assessment: Pass, number: int) -> Marker:
    """Raises Http404 alike for a marker that is not there and one that is not for this person."""
    marker = queries.markers_for(user, assessment, rules.READ).filter(number=number).first()
    if marker is None:
        raise Http404
    return marker


def fetch_question(user: Any, assessment: Pass, marker: int, number: int) -> Question:
    """As ``fetch_marker``, with its marker."""
    scope = queries.scope(user, assessment.review, rules.READ)
    if scope is Scope.NONE:
        raise Http404
    found = _questions(scope, assessment=assessment, marker=marker, number=number)
    if not found:
        raise Http404
    question: Question = found[0]
    return question


@prepared
def _questions(scope: Scope, *, assessment: Pass, marker: int, number: int) -> Any:
    markers = queries.markers_within(scope, assessment).filter(number=marker)
    asked = Question.objects.filter(marker__in=markers.order_by(), number=number)
    return asked.select_related("marker")
