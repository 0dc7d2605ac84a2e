"""What the chair lets the review move on without."""

from typing import Any

from django.db.models import Q, QuerySet

from families.involvement.models import Waiver
from reviews.case.models import Review


def waivers(review: Review) -> QuerySet[Waiver]:
    return Waiver.objects.filter(review=review).select_related("person", "by", "ended_by")


def waived(review: Review, about: str) -> set[int | None]:
    """People for whom it is waived; None is among them where it is for everybody."""
    rows = Waiver.objects.filter(review=review, about=about, ended_at__isnull=True)
    return set(rows.values_list("person", flat=True))


def is_waived(review: Review, about: str, person: Any = None) -> bool:
    """For this person, or for everybody."""
    for_whom = Q(person__isnull=True) | Q(person=person) if person else Q(person__isnull=True)
    rows = Waiver.objects.filter(for_whom, review=review, about=about, ended_at__isnull=True)
    return rows.exists()
