from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from reviews.case.models import Review
from reviews.decisions.briefings.models import Briefing
from reviews.scoping.purpose import rules
from reviews.scoping.purpose.models import PurposeStatement, Telling, TellingWaiver


def statements(review: Review) -> QuerySet[PurposeStatement]:
    """The latest first."""
    rows = PurposeStatement.objects.filter(review=review)
    return rows.select_related("review__board", "written_by", "agreed_by").order_by("-number")


def agreed(review: Review) -> PurposeStatement | None:
    """The version that holds today."""
    return statements(review).filter(agreed_at__isnull=False).first()


def in_work(review: Review) -> PurposeStatement | None:
    return statements(review).filter(agreed_at__isnull=True).first()


def tellings(review: Review) -> QuerySet[Telling]:
    """The ledger, lines that were struck out among the others."""
    rows = Telling.objects.filter(review=review)
    return rows.select_related("statement", "by", "struck_by").order_by("told_on", "pk")


def waivers(review: Review) -> QuerySet[TellingWaiver]:
    return TellingWaiver.objects.filter(review=review).select_related("by", "ended_by")


def standings(review: Review) -> list[rules.Standing]:
    return rules.standings(tellings(review), waivers(review), agreed(review))


def settled_groups(reviews: Iterable[Review]) -> dict[Any, set[str]]:
    """Groups that were told or are waived, by review; two statements for all of them."""
    pks = [review.pk for review in reviews]
    told = Telling.objects.filter(review__in=pks, struck_at__isnull=True)
    waived = TellingWaiver.objects.filter(review__in=pks, ended_at__isnull=True)
    found: dict[Any, set[str]] = {}
    for rows in (told.order_by(), waived.order_by()):
        for pk, group in rows.values_list("review", "group").distinct():
            found.setdefault(pk, set()).add(group)
    return found


def untold_briefing(review: Review) -> Briefing | None:
    """The latest that was issued, where the ledger holds no telling by it."""
    latest = (
        Briefing.objects.filter(review=review, state=Briefing.State.ISSUED)
        .select_related("issued_by")
        .order_by("-number")
        .first()
    )
    if latest is None or latest.issued_at is None:
        return None
    told = Telling.objects.filter(
        review=review, how=Telling.How.BRIEFING, at__gte=latest.issued_at, struck_at__isnull=True
    )
    return None if told.exists() else latest
