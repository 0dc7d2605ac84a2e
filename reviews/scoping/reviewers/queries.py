"""Who reviews, who may, and what else they have on."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.case.lifecycle import Stage
from reviews.case.models import Appointment, Review
from reviews.permissions import Role
from reviews.scoping.reviewers.models import Engagement, IndependenceDeclaration, Reviewer
from scr_portal.accounts.models import Board, User
from scr_portal.core import clock

STATES = ("current", "retired", "all")


def register(board: Board, *, q: str = "", state: str = "current") -> QuerySet[Reviewer]:
    rows = board.reviewers.select_related("user")
    if state != "all":
        rows = rows.filter(retired_at__isnull=state != "retired")
    if q:
        names = ("name", "experience", "skills", "capacity")
        wanted = Q()
        for name in names:
            wanted |= Q(**{f"{name}__icontains": q})
        rows = rows.filter(wanted)
    return rows


def not_over() -> Q:
    """One that was ended today keeps today as its last day, and its reason."""
    return Q(ended_reason="") & (Q(ends__isnull=True) | Q(ends__gte=clock.today()))


def at_work(
    reviewers: Collection[Reviewer], reader: Any, but: Review | None = None
) -> dict[int, list[Review]]:
    """By reviewer, engagements and appointments as lead together; three statements.

    Reviews that the reader may not see are not counted either.
    """
    found: dict[int, set[Any]] = defaultdict(set)
    if not reviewers:
        return {}
    board = next(iter(reviewers)).board_id
    open_here = Q(board=board) & ~Q(review__stage=Stage.CLOSED)
    engaged = Engagement.objects.filter(open_here, not_over(), reviewer__in=reviewers)
    for reviewer, review in engaged.values_list("reviewer", "review"):
        found[reviewer].add(review)
    entries = {row.user_id: row.pk for row in reviewers if row.user_id}
    for user, review in _leads().filter(open_here, user__in=entries).values_list("user", "review"):
        found[entries[user]].add(review)
    everywhere = set().union(*found.values()) - {but.pk if but else None}
    seen = Review.objects.visible_to(reader).filter(pk__in=everywhere).order_by("reference")
    shown = list(seen)
    return {
        reviewer: [row for row in shown if row.pk in reviews] for reviewer, reviews in found.items()
    }


def _leads() -> Any:
    """One that was ended today has lost its rows and leads no more."""
    return Appointment.objects.active().filter(
        Exists(Appointment.objects.filter(pk=OuterRef("pk"), grants__isnull=False)),
        role=Role.LEAD,
    )


def newest_of(review: Review, reviewer: Reviewer) -> IndependenceDeclaration | None:
    rows = review.independencedeclarations.filter(reviewer=reviewer)
    return rows.select_related("reviewer", "agency").first()


def newest_of_person(review: Review, user: Any) -> IndependenceDeclaration | None:
    rows = review.independencedeclarations.filter(reviewer__user=user)
    return rows.select_related("reviewer", "agency").first()


@dataclass
class Standing:
    """One person and one review: what they declared, the newest first, and what they do."""

    reviewer: Reviewer
    declarations: list[IndependenceDeclaration] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    leads: bool = False
    work: list[Review] = field(default_factory=list)

    @property
    def newest(self) -> IndependenceDeclaration | None:
        return self.declarations[0] if self.declarations else None

    @property
    def open_engagements(self) -> list[Engagement]:
        today = clock.today()
        going = [row for row in self.engagements if not row.ended_reason]
        return [row for row in going if row.ends is None or row.ends >= today]

    @property
    def must_stop(self) -> bool:
        """At work, and by the newest declaration no longer independent."""
        works = self.leads or bool(self.open_engagements)
        return works and self.newest is not None and not self.newest.is_independent


@dataclass
class Standings:
    rows: list[Standing]
    # Lead reviewers who have declared nothing on this review.
    undeclared: list[User]


def standings(review: Review) -> Standings:
    """Everybody who declared, is engaged or leads; three statements."""
    found: dict[int, Standing] = {}
    declared = review.independencedeclarations.select_related("reviewer__user", "agency", "by")
    for row in declared:
        found.setdefault(row.reviewer_id, Standing(row.reviewer)).declarations.append(row)
    for engaged in review.engagements.select_related("reviewer__user"):
        standing = found.setdefault(engaged.reviewer_id, Standing(engaged.reviewer))
        standing.engagements.append(engaged)
    by_user = {row.reviewer.user_id: row for row in found.values() if row.reviewer.user_id}
    undeclared = {}
    for lead in _leads().filter(review=review).select_related("user"):
        if standing_of := by_user.get(lead.user_id):
            standing_of.leads = True
        if standing_of is None or standing_of.newest is None:
            undeclared[lead.user_id] = lead.user
    rows = sorted(found.values(), key=lambda row: (row.reviewer.name.casefold(), row.reviewer.pk))
    return Standings(rows, list(undeclared.values()))


def with_work(review: Review, reader: Any) -> Standings:
    """With what else they have on, for the page; three statements more."""
    found = standings(review)
    work = at_work([row.reviewer for row in found.rows], reader, but=review)
    for row in found.rows:
        row.work = work.get(row.reviewer.pk, [])
    return found


def leads_undeclared(reviews: QuerySet[Review]) -> QuerySet[Appointment]:
    """Lead reviewers on these of whom no declaration of independence is on that review."""
    said = IndependenceDeclaration.objects.filter(
        review=OuterRef("review"), reviewer__user=OuterRef("user")
    )
    return _leads().filter(~Exists(said), review__in=reviews).select_related("user", "review")


def at_work_undone(reviews: QuerySet[Review]) -> list[tuple[Review, Reviewer]]:
    """Reviewers at work on these whose newest declaration says that they are not independent."""
    newest = (
        IndependenceDeclaration.objects.filter(review__in=reviews)
        .order_by("review_id", "reviewer_id", "-declared_on", "-at", "-pk")
        .distinct("review_id", "reviewer_id")
        .values("pk")
    )
    works = Engagement.objects.filter(
        not_over(), review=OuterRef("review"), reviewer=OuterRef("reviewer")
    )
    leads = _leads().filter(review=OuterRef("review"), user=OuterRef("reviewer__user"))
    rows = IndependenceDeclaration.objects.filter(
        Q(employed=True) | Q(managed=True) | Q(related=True), Exists(works) | Exists(leads)
    )
    rows = rows.filter(pk__in=newest).select_related("review", "reviewer")
    return [(row.review, row.reviewer) for row in rows]
