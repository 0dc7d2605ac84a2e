"""A referral, and the earlier ones that it may have to do with: as far as the reader sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.referrals.models import Referral, Tag
from reviews.permissions import Permission
from scr_portal.accounts.models import Board

LIKE_THIS = 20
SAME = 5


def referral_of(review: Review) -> Referral:
    rows = Referral.objects.select_related("agency", "priority", "review__board")
    return rows.prefetch_related("clauses", "tags").get(review=review)


def _readable(user: Any, board: Any) -> QuerySet[Review]:
    """Never across boards, and never what a recusal closes."""
    return Review.objects.visible_to(user, Permission.READ_DECISIONS).filter(board=board)


def editable(user: Any, board: Board) -> QuerySet[Review]:
    """Those with which a referral that was sent in may be kept."""
    return Review.objects.visible_to(user, Permission.EDIT).filter(board=board)


@dataclass(frozen=True)
class Incident:
    """What tells one incident from another without a name."""

    on: date
    harm: str
    age: str
    tags: frozenset[tuple[str, str]]  # kind and label, capitals made even

    @classmethod
    def of(cls, on: date, harm: str, age: str, tags: Iterable[tuple[str, str]]) -> "Incident":
        even = frozenset((str(kind), label.casefold()) for kind, label in tags)
        return cls(on, harm, age.strip().casefold(), even)

    def is_like(self, other: "Incident") -> bool:
        """The same day, or the same harm at the same age and something that both name."""
        alike = self.age and (self.harm, self.age) == (other.harm, other.age)
        return self.on == other.on or bool(alike and self.tags & other.tags)


def same_incident(user: Any, board: Board, incident: Incident) -> list[Review]:
    """Earlier reviews of this board that may be about the same incident."""
    shared = [
        tag.pk
        for tag in Tag.objects.filter(board=board)
        if (tag.kind, tag.label.casefold()) in incident.tags
    ]
    alike = Q(
        children__harm=incident.harm,
        children__age_at_incident__iexact=incident.age,
        referral__tags__in=shared,
    )
    wanted = (
        Q(incident_on=incident.on) | alike
        if incident.age and shared
        else Q(incident_on=incident.on)
    )
    return list(_readable(user, board).filter(wanted).distinct()[:SAME])


@dataclass(frozen=True)
class Pattern:
    review: Review
    shares: list[str]


def patterns(user: Any, referral: Referral) -> list[Pattern]:
    """Earlier referrals of the board with the same adult, setting or agency (QM 1)."""
    mine = {tag.pk: tag for tag in referral.tags.all()}
    alike = Q(tags__in=mine)
    if referral.agency_id:
        alike |= Q(agency=referral.agency_id)
    rows = (
        Referral.objects.filter(
            alike,
            review__in=_readable(user, referral.board_id),
            review__referred_on__lte=referral.review.referred_on,
        )
        .exclude(pk=referral.pk)
        .annotate(shared=Count("tags", filter=Q(tags__in=mine), distinct=True))
        .select_related("review")
        .prefetch_related("tags")
        .order_by("-shared", "-review__referred_on", "pk")
    )
    return [Pattern(row.review, _shares(row, referral, mine)) for row in rows[:LIKE_THIS]]


def _shares(row: Referral, referral: Referral, mine: dict[int, Tag]) -> list[str]:
    words = {
        Tag.Kind.ADULT: _("the same adult, %(tag)s"),
        Tag.Kind.SETTING: _("the same setting, %(tag)s"),
        Tag.Kind.OTHER: _("the same tag, %(tag)s"),
    }
    shared = [words[Tag.Kind(tag.kind)] % {"tag": tag} for tag in row.tags.all() if tag.pk in mine]
    if row.agency_id and row.agency_id == referral.agency_id:
        shared.append(_("referred by the same agency"))
    return shared


def tags_used(user: Any, board: Board) -> dict[str, list[str]]:
    """For the hints of the form, by kind: of referrals that the reader may read, no others."""
    rows = Tag.objects.filter(referrals__review__in=_readable(user, board)).distinct()
    found: dict[str, list[str]] = {}
    for tag in rows[:100]:
        found.setdefault(tag.kind, []).append(tag.label)
    return found
