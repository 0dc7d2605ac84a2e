"""What the page of one review says: where it stands, what holds it up, who is on it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate

from reviews.case import timetable
from reviews.case.lifecycle import LIFECYCLE, Stage
from reviews.case.models import Deadline, Review
from reviews.case.operations.lifecycle import blockers
from reviews.case.queries import kept_keys
from reviews.permissions import MATRIX, Role
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move


@dataclass(frozen=True)
class NextMove:
    label: str | Promise
    target: str
    url: str
    back: bool
    allowed: bool
    roles: str  # who may make it, in words
    reasons: list[Reason]


def roles_for(move: Move) -> str:
    return ", ".join(str(role.label) for role in Role if move.permission in MATRIX[role])


def next_moves(review: Review, user: Any) -> list[NextMove]:
    """Every legal move from here. What stands against it is told to those who may make it."""
    return [_next_move(review, move, user) for move in LIFECYCLE.leaving(review.stage)]


def _next_move(review: Review, move: Move, user: Any) -> NextMove:
    allowed = user.has_perm(move.permission, review)
    return NextMove(
        label=move.label,
        target=str(Stage(move.target).label),
        url=reverse("reviews:advance", args=[review.pk, move.target]),
        back=move.back,
        allowed=allowed,
        roles=roles_for(move),
        reasons=blockers(review=review, move=move, by=user) if allowed else [],
    )


def expected(review: Review, move: NextMove) -> bool:
    """Whether to tell those who wait for it: no way back, and no end to what is to be reviewed."""
    ends = review.stage == Stage.DECIDED and move.target == str(Stage.CLOSED.label)
    return not move.back and not (ends and review.outcome == Review.Outcome.REVIEW)


def stage_strip(review: Review) -> list[dict[str, Any]]:
    """Each stage with the day it was last reached; what a closed review skipped stays open."""
    reached = {
        row.target: localdate(row.at) for row in review.stagechanges.only("target", "at", "review")
    }
    order = list(Stage)
    here = order.index(Stage(review.stage))
    return [
        {
            "label": stage.label,
            "state": _state(place, here, stage.value in reached),
            "date": reached.get(stage.value) if place <= here else None,
        }
        for place, stage in enumerate(order)
    ]


def _state(place: int, here: int, was_reached: bool) -> str:
    if place == here:
        return "current"
    return "done" if place < here and was_reached else ""


def next_dates(review: Review, limit: int = 3) -> list[Deadline]:
    rows = review.deadlines.filter(met_on__isnull=True).exclude(key__in=kept_keys())
    return list(rows[:limit])


def profile_of(review: Review) -> timetable.Profile:
    return timetable.profile(review.profile)
