from django.db.models import QuerySet

from families.involvement.models import FamilyQuestion, Influence
from reviews.case.models import Review


def questions(review: Review) -> QuerySet[FamilyQuestion]:
    """Those without an answer first, then as they were asked."""
    rows = review.familyquestions.select_related("person")
    return rows.order_by("-answered_on", "asked_on", "pk")


def influences(review: Review) -> QuerySet[Influence]:
    """What is not weighed yet first."""
    return review.influences.select_related("person").order_by("-settled_on", "asked_on", "pk")


def unweighed(review: Review) -> QuerySet[Influence]:
    return influences(review).filter(outcome=Influence.Outcome.OPEN)
