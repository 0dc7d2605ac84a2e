from django.db.models import QuerySet

from families.involvement.models import FamilyQuestion, Influence
from reviews.case.models import Review


def questions(review: Review) -> QuerySet[FamilyQuestion]:
    """Those without an answer first, then as they were asked."""
    rows = review.familyquestions.select_related("person")
    return rows.order_by("-answered_on", "asked_on", "pk")


def influences(review: Review) -> QuerySet[Influence]:
    """What is not weighed yet first."""
    rows = review.influences.select_related("person").prefetch_related("earlier__replaced_by")
    return rows.order_by("-settled_on", "asked_on", "pk")


def unweighed(review: Review) -> QuerySet[Influence]:
    return influences(review).filter(outcome=Influence.Outcome.OPEN)
