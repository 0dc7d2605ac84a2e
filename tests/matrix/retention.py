"""What lies behind the addresses of what a board keeps, and of requests for what is held."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from reviews.case.models import Review
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.permissions import Permission as P
from reviews.retention import operations, queries
from reviews.retention.kinds import KINDS, OURS
from reviews.retention.models import Disposal
from scr_portal.core import clock
from tests.cast import Cast

ON_BOARD = {
    P.KEEP_RETENTION: """reviews:retention reviews:kept reviews:kept_hold reviews:kept_longer
        reviews:kept_propose reviews:holds reviews:hold_new reviews:hold_lift
        reviews:retention_schedule reviews:retention_schedule_new reviews:disposals
        reviews:disposal reviews:disposal_file""",
    P.DECIDE_RETENTION: "reviews:retention_schedule_settle reviews:disposal_settle",
}
ON_REVIEW: list[tuple[set[P], str]] = []


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """On declined referrals, which also those see who are recused from the review."""
    _schedule(cast)
    operations.settle_schedule(
        schedule=_schedule_of(cast), is_agreed=True, reason="", by=cast.chair
    )
    waiting = _proposed(cast)
    gone = _proposed(cast)
    operations.settle(disposal=gone, is_agreed=True, reason="", by=cast.chair)
    operations.carry_out(pk=gone.pk)
    _schedule(cast)
    kept = _declined(cast)
    found = queries.one(cast.board, cast.unit, f"referral-{kept.pk}")
    assert found is not None
    today = clock.today()
    hold = operations.hold(
        board=cast.board,
        received=kept,
        asked_by="A court",
        asked_on=today,
        look_again_on=today + timedelta(days=30),
        reason="A claim.",
        by=cast.unit,
    )
    of_kept = {"key": found.key}
    return {
        **{f"reviews:kept{act}": of_kept for act in ("", "_hold", "_longer", "_propose")},
        "reviews:hold_lift": {"pk": hold.pk},
        "reviews:retention_schedule_settle": {"number": _schedule_of(cast).number},
        "reviews:disposal": {"number": waiting.number},
        "reviews:disposal_settle": {"number": waiting.number},
        "reviews:disposal_file": {"number": gone.number, "kind": "pdf"},
    }


def _schedule(cast: Cast) -> None:
    lines = {
        kind.value: {"months": one.months, "act": one.act, "source": str(OURS)}
        for kind, one in KINDS.items()
    }
    operations.propose_schedule(board=cast.board, lines=lines, why="As we agreed.", by=cast.unit)


def _schedule_of(cast: Cast) -> Any:
    return queries.schedules_of(cast.board).get(state="proposed")


def _declined(cast: Cast) -> ReceivedReferral:
    return ReceivedReferral.objects.create(
        board=cast.board,
        by=cast.member,
        answers="{}",
        token=uuid4().hex,
        state=ReceivedReferral.State.DECLINED,
        settled_by=cast.unit,
        settled_at=clock.now() - timedelta(days=900),
    )


def _proposed(cast: Cast) -> Disposal:
    kept = queries.one(cast.board, cast.unit, f"referral-{_declined(cast).pk}")
    assert kept is not None
    return operations.propose(kept=kept, act="destroy", reason="Nothing stands.", by=cast.unit)
