from datetime import timedelta
from typing import Any

import pytest

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.retention import operations, queries
from reviews.retention.kinds import KINDS, OURS
from reviews.retention.models import Disposal, Schedule
from scr_portal.core import clock
from tests import builders
from tests.cast import Cast

LONG_AGO = timedelta(days=40 * 366)


def lines(**months: int | None) -> dict[str, dict[str, Any]]:
    return {
        kind.value: {
            "months": months.get(kind.value, proposed.months),
            "act": proposed.act,
            "source": str(OURS),
        }
        for kind, proposed in KINDS.items()
    }


def agreed(cast: Cast, **months: int | None) -> Schedule:
    made = operations.propose_schedule(
        board=cast.board, lines=lines(**months), why="As our authority does.", by=cast.unit
    )
    return operations.settle_schedule(schedule=made, is_agreed=True, reason="", by=cast.chair)


def close(review: Review) -> Review:
    """By the legal moves, long ago; what each stage asks for is tried elsewhere."""
    stages = list(Stage)
    for stage in stages[stages.index(Stage(review.stage)) + 1 :]:
        Review.objects.filter(pk=review.pk).update(stage=stage)
    Review.objects.filter(pk=review.pk).update(stage_since=clock.now() - LONG_AGO)
    return Review.objects.select_related("board").get(pk=review.pk)


def over(cast: Cast, **case: Any) -> Review:
    """A review that was decided and closed, whose time is over by an agreed schedule."""
    review = builders.review_at(Stage.DECIDED, cast, **case)
    return close(review)


def kept(cast: Cast, review: Review, by: Any = None) -> queries.Kept:
    found = queries.one(cast.board, by or cast.unit, f"review-{review.pk}")
    assert found is not None
    return found


def proposed(cast: Cast, review: Review, act: str = "destroy") -> Disposal:
    return operations.propose(
        kept=kept(cast, review), act=act, reason="No claim is known.", by=cast.unit
    )


def ended(cast: Cast, review: Review, act: str = "destroy") -> Disposal:
    made = proposed(cast, review, act)
    operations.settle(disposal=made, is_agreed=True, reason="", by=cast.chair)
    operations.carry_out(pk=made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def schedule(cast) -> Schedule:
    return agreed(cast)
