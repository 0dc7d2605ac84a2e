"""What a board keeps, until when, and what stands in the way of its end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.permissions import Permission, roles_with
from reviews.retention.kinds import Kind, due_on, in_words
from reviews.retention.models import Disposal, Hold, Line, Longer, Schedule
from scr_portal.accounts.models import Board, BoardRole
from scr_portal.core import clock


@dataclass
class Kept:
    """One thing whose keeping ends one day.

    ``due_on`` is None where it is kept for good, and where no schedule was agreed.
    """

    kind: Kind
    thing: Any
    since: date
    line: Line | None
    holds: list[Hold] = field(default_factory=list)
    longer: Longer | None = None
    disposal: Disposal | None = None

    @property
    def review(self) -> Review | None:
        return self.thing if isinstance(self.thing, Review) else None

    @property
    def key(self) -> str:
        return f"review-{self.thing.pk}" if self.review else f"referral-{self.thing.pk}"

    @property
    def label(self) -> str:
        return self.thing.reference if self.review else self.thing.number

    @property
    def ways(self) -> dict[str, Any]:
        """For the rows that are about this one."""
        if self.review:
            return {"review": self.thing, "received": None}
        return {"review": None, "received": self.thing}

    @property
    def by_schedule(self) -> date | None:
        return due_on(self.since, self.line.months) if self.line else None

    @property
    def due_on(self) -> date | None:
        if self.by_schedule is None or self.longer is None:
            return self.by_schedule
        return max(self.by_schedule, self.longer.until)

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def rule(self) -> str:
        """In words, for the certificate: it outlives the schedule's row and the case."""
        if self.line is None:
            return ""
        return _("Schedule %(number)s: %(kind)s, kept %(period)s. %(source)s") % {
            "number": self.line.schedule.number,
            "kind": self.kind.label,
            "period": in_words(self.line.months),
            "source": self.line.source,
        }

    def get_absolute_url(self) -> str:
        return reverse("reviews:kept", args=[self.thing.board.slug, self.key])


def schedules_of(board: Board) -> QuerySet[Schedule]:
    return Schedule.objects.filter(board=board).select_related("proposed_by", "settled_by")


def in_force(board: Board) -> Schedule | None:
    return (
        schedules_of(board)
        .filter(state=Schedule.State.AGREED)
        .prefetch_related("lines")
        .order_by("-number")
        .first()
    )


def lines_of(schedule: Schedule | None) -> dict[str, Line]:
    """By kind, each with its schedule."""
    if schedule is None:
        return {}
    found = {line.kind: line for line in schedule.lines.all()}
    for line in found.values():
        line.schedule = schedule
    return found


def standing_holds() -> QuerySet[Hold]:
    return Hold.objects.filter(lifted_at__isnull=True)


def held_reviews() -> QuerySet[Any]:
    """Numbers of the reviews of which nothing ends."""
    return standing_holds().filter(review__isnull=False).values("review_id")


def _closed(board: Board, user: Any) -> QuerySet[Review]:
    """The closed ones that this person may see; one that was anonymised has come to its end."""
    ended = Disposal.objects.filter(review_id=OuterRef("pk"), state=Disposal.State.DONE)
    return (
        Review.objects.visible_to(user, Permission.VIEW)
        .filter(~Exists(ended), board=board, stage=Stage.CLOSED)
        .select_related("board")
    )


def _declined(board: Board) -> QuerySet[ReceivedReferral]:
    return ReceivedReferral.objects.filter(
        board=board, state=ReceivedReferral.State.DECLINED, review__isnull=True
    ).select_related("board")


def kind_of(review: Review) -> Kind:
    return Kind.REVIEW if review.outcome == Review.Outcome.REVIEW else Kind.NO_REVIEW


def kept(board: Board, user: Any, key: str = "") -> list[Kept]:
    """All that has come to its end as work, soonest due first; with ``key`` that one alone."""
    reviews, declined = _closed(board, user), _declined(board)
    if key:
        what, _dash, pk = key.partition("-")
        reviews = reviews.filter(pk=pk) if what == "review" and _is_uuid(pk) else reviews.none()
        is_one = what == "referral" and pk.isdecimal() and len(pk) < 18
        declined = declined.filter(pk=pk) if is_one else declined.none()
    lines = lines_of(in_force(board))
    found = list(_gathered(reviews, declined, lines))
    _dress(found)
    return sorted(found, key=lambda each: (each.due_on or date.max, each.label))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _gathered(reviews: Any, declined: Any, lines: dict[str, Line]) -> Iterator[Kept]:
    for review in reviews:
        kind = kind_of(review)
        yield Kept(kind, review, localdate(review.stage_since), lines.get(kind))
    for each in declined:
        since = localdate(each.settled_at)
        yield Kept(Kind.DECLINED, each, since, lines.get(Kind.DECLINED))


def _dress(found: list[Kept]) -> None:
    """Holds, longer keeping and what was proposed: three statements for all of them."""
    by_key = {each.key: each for each in found}
    reviews = [each.thing.pk for each in found if each.review]
    others = [each.thing.pk for each in found if not each.review]
    of_these = Q(review__in=reviews) | Q(received__in=others)
    for hold in standing_holds().filter(of_these).select_related("by"):
        by_key[_key(hold)].holds.append(hold)
    for longer in Longer.objects.filter(of_these).select_related("by").order_by("pk"):
        by_key[_key(longer)].longer = longer
    bare = Q(review_id__in=reviews) | Q(received_id__in=others)
    open_ = Disposal.objects.filter(bare, state__in=Disposal.OPEN)
    for disposal in open_.select_related("proposed_by", "settled_by", "board"):
        by_key[_key(disposal)].disposal = disposal


def _key(row: Any) -> str:
    return f"review-{row.review_id}" if row.review_id else f"referral-{row.received_id}"


def one(board: Board, user: Any, key: str) -> Kept | None:
    return next(iter(kept(board, user, key)), None)


def held(board: Board, user: Any) -> QuerySet[Hold]:
    """Holds on reviews that this person may see, open ones too, and on referrals; newest first."""
    seen = Review.objects.visible_to(user, Permission.VIEW)
    return (
        Hold.objects.filter(Q(review__in=seen) | Q(received__isnull=False), board=board)
        .select_related("review", "received", "by", "lifted_by")
        .order_by("lifted_at", "-at")
    )


def disposals(board: Board, user: Any) -> QuerySet[Disposal]:
    """Without those of reviews that are there and that this person may not see."""
    there = Review.objects.filter(pk=OuterRef("review_id"))
    seen = Review.objects.visible_to(user, Permission.VIEW).filter(pk=OuterRef("review_id"))
    return (
        Disposal.objects.filter(~Exists(there) | Exists(seen), board=board)
        .select_related("board", "proposed_by", "settled_by")
        .order_by("-number")
    )


def boards_with(user: Any, permission: Permission) -> QuerySet[Board]:
    roles = BoardRole.objects.active().filter(user=user, role__in=roles_with(permission))
    return Board.objects.filter(pk__in=roles.values("board"))
