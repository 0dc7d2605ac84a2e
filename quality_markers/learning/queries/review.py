from typing import Any

from django.db.models import Count, Q, QuerySet

from quality_markers.learning.models import Improvement
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.permissions import Permission


def improvements_of(review: Review, user: Any) -> QuerySet[Improvement]:
    """Of the markers that this person may read."""
    rows = Improvement.objects.filter(review=review).select_related(
        "assessment", "marker", "by", "gathered_by"
    )
    rows = rows.prefetch_related("themes")
    if user.has_perm(Permission.READ_MARKERS, review):
        return rows
    if user.has_perm(Permission.READ_FAMILY_MARKERS, review):
        return rows.filter(marker__is_family=True)
    return rows.none()


def gathers(review: Review, user: Any) -> bool:
    return review.stage == Stage.CLOSED and user.has_perm(Permission.ANSWER_MARKERS, review)


def waiting(user: Any) -> QuerySet[Any]:
    """Closed reviews of which something noted is neither gathered nor set aside: ``count``."""
    to_gather = Q(improvements__gathered_at=None, improvements__dropped_at=None)
    return (
        Review.objects.visible_to(user, Permission.ANSWER_MARKERS)
        .filter(to_gather, stage=Stage.CLOSED, improvements__isnull=False)
        .annotate(count=Count("improvements"))
    )
