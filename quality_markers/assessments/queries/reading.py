"""Which passes and markers a person may read or fill in."""

from typing import Any

from django.db.models import QuerySet

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from reviews.case.models import Review
from reviews.permissions import Permission

Pair = tuple[Permission, Permission]


def may(user: Any, review: Review, pair: Pair, marker: Marker) -> bool:
    everything, family = pair
    return user.has_perm(everything, review) or (marker.is_family and user.has_perm(family, review))


def markers_for(user: Any, assessment: Pass, pair: Pair) -> QuerySet[Marker]:
    """All markers of the pass, those about the family, or none, for reading or for filling in."""
    everything, family = pair
    markers = assessment.markers.order_by("number")
    if user.has_perm(everything, assessment.review):
        return markers
    if user.has_perm(family, assessment.review):
        return markers.filter(is_family=True)
    return markers.none()


def passes_of(review: Review, user: Any) -> QuerySet[Pass]:
    """As Pass.objects.visible_to, for a review that the caller has fetched through its own door."""
    passes = Pass.objects.filter(review=review)
    if user.has_perm(Permission.READ_MARKERS, review):
        return passes
    if user.has_perm(Permission.READ_FAMILY_MARKERS, review):
        return passes.filter(markers__is_family=True).distinct()
    return passes.none()
