"""Which passes and markers a person may read or fill in."""

from enum import Enum
from typing import Any

from django.db.models import QuerySet

from quality_markers.assessments import rules
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from reviews.case.models import Review
from reviews.permissions import Permission

Pair = tuple[Permission, Permission]


def may(user: Any, review: Review, pair: Pair, marker: Marker) -> bool:
    everything, family = pair
    return user.has_perm(everything, review) or (marker.is_family and user.has_perm(family, review))


class Scope(Enum):
    """Of which markers of a review somebody may read, or fill in."""

    ALL = "all"
    FAMILY = "family"
    NONE = "none"


def scope(user: Any, review: Review, pair: Pair) -> Scope:
    everything, family = pair
    if user.has_perm(everything, review):
        return Scope.ALL
    return Scope.FAMILY if user.has_perm(family, review) else Scope.NONE


def markers_for(user: Any, assessment: Pass, pair: Pair) -> QuerySet[Marker]:
    """All markers of the pass, those about the family, or none, for reading or for filling in."""
    return markers_within(scope(user, assessment.review, pair), assessment)


def markers_within(scope: Scope, assessment: Pass) -> QuerySet[Marker]:
    markers = assessment.markers.order_by("number")
    if scope is Scope.FAMILY:
        return markers.filter(is_family=True)
    return markers if scope is Scope.ALL else markers.none()


def passes_of(review: Review, user: Any) -> QuerySet[Pass]:
    """As Pass.objects.visible_to, for a review that the caller has fetched through its own door."""
    return passes_within(scope(user, review, rules.READ), review)


def passes_within(scope: Scope, review: Review) -> QuerySet[Pass]:
    passes = Pass.objects.filter(review=review)
    if scope is Scope.FAMILY:
        return passes.filter(markers__is_family=True).distinct()
    return passes if scope is Scope.ALL else passes.none()
