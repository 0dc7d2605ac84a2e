"""What the sub-group, a peer and the members said before an invented decision."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from reviews.case.models import Review
from reviews.decisions.advice.operations import challenge, inputs, panel
from reviews.decisions.decision import operations as decisions
from reviews.decisions.decision import queries
from scr_portal.core import clock

DATA = Path(__file__).parent / "data" / "advice.toml"
ONCE = "demonstration"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def factors(outcome: str) -> dict[str, tuple[str, str]]:
    rows = _data()["factors"].get(outcome) or _data()["factors"]["review"]
    return {factor: (bearing, note) for factor, (bearing, note) in rows.items()}


def advise(review: Review, by: Any, outcome: str) -> None:
    """On the day that the clock shows: a meeting, its recommendation, and a peer's challenge."""
    data = _data()
    meeting = panel.record_meeting(review=review, by=by, held_on=clock.today(), **data["meeting"])
    dissent = data["dissent"]
    panel.recommend(
        review=review,
        by=by,
        token=ONCE,
        outcome=outcome,
        meeting=meeting,
        dissents=[(dissent["who"], dissent["text"])] if outcome == Review.Outcome.REVIEW else [],
        **data["recommendation"],
    )
    challenge.record_challenge(
        review=review,
        by=by,
        sought=True,
        held_on=clock.today(),
        not_sought_reason="",
        **data["challenge"],
    )


def ask_members(review: Review, by: Any, people: list[Any]) -> None:
    """The first of them has answered; the others are still waited for."""
    data = _data()["input"]
    asked = inputs.ask(
        review=review,
        about="decision",
        people=people,
        question=data["question"],
        told=data["told"],
        due_on=clock.today() + timedelta(days=7),
        by=by,
    )
    inputs.answer(asked=asked[0], by=people[0], answer=data["answer"], nothing_to_add=False)


def tell_bodies(review: Review, by: Any) -> None:
    """Whoever was to be told by now, on the day of the notification to the board."""
    bodies = [
        (telling.duty.clock.key, body)
        for telling in queries.tellings(review)
        for body in telling.left
    ]
    if bodies and review.notified_on:
        decisions.tell_bodies(
            review=review,
            by=by,
            token=ONCE,
            bodies=bodies,
            sent_on=review.notified_on,
            route="The national online form",
        )
