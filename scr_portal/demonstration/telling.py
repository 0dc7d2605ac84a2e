"""What the invented people tell each other: briefings to members, and what a review is for."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from families.involvement.operations import waiving
from reviews.case.models import Review
from reviews.decisions.briefings.models import Briefing
from reviews.decisions.briefings.operations import reading, writing
from reviews.decisions.briefings.queries import members_of
from reviews.scoping.purpose import rules
from reviews.scoping.purpose.models import Group
from reviews.scoping.purpose.operations import ledger
from reviews.scoping.purpose.operations import statement as purposes
from scr_portal.accounts.models import User
from scr_portal.core import clock

DATA = Path(__file__).parent / "data" / "purpose.toml"
On = Callable[[int], AbstractContextManager[None]]
"""Pretends to be so many days ago."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def brief(review: Review, *, read_by: date, unit: User, chair: User) -> Briefing:
    draft = writing.draft(
        review=review,
        version=0,
        by=unit,
        title="The chair's decision, and why",
        tells_outcome=True,
        tells_nature=review.outcome == Review.Outcome.REVIEW,
        tells_rationale=True,
        text="Please tell the people in your agency who need to know, and nobody else.",
        read_by=read_by,
    )
    writing.put_to_chair(briefing=draft, by=unit)
    return writing.issue(briefing=draft, version=draft.version + 1, by=chair)


def read(briefing: Briefing) -> None:
    for member in members_of(briefing.review):
        reading.acknowledge(briefing=briefing, by=member)


def tell_purpose(review: Review, *, moved: int, on: On, unit: User, chair: User) -> None:
    """From a week after commissioning began, ``moved`` days ago."""
    harder = _data()["complications"].get(review.pseudonym, "")
    with on(moved - 2):
        written = purposes.write(
            review=review,
            version=0,
            by=unit,
            text=rules.template(),
            complications=harder,
            no_complications=not harder,
        )
    with on(moved - 5):
        purposes.agree(statement=written, version=written.version, by=chair)
    waived = _data()["waived"].get(review.pseudonym, {})
    told = _data()["told"].get(review.pseudonym, Group.values)
    for row in _data()["telling"]:
        with on(moved - row["after"]):
            if row["group"] in waived:
                reason = waived[row["group"]]
                ledger.waive(review=review, group=row["group"], reason=reason, by=unit)
            elif row["group"] in told:
                _tell(review, row, unit)


def excuse_family(review: Review, *, moved: int, on: On, chair: User) -> None:
    """Reviews from before the register of the family: the chair says so, and the work goes on."""
    with on(moved - 6):
        for about in ("deciding", "informing"):
            waiving.waive(review=review, about=about, reason=_data()["family_excused"], by=chair)


def _tell(review: Review, row: dict[str, Any], unit: User) -> None:
    ledger.tell(
        review=review,
        groups={row["group"]: row["who"]},
        told_on=clock.today(),
        how=row["how"],
        told_by=row["told_by"],
        note=row.get("note", ""),
        by=unit,
        token=f"demonstration-{review.pk}",
    )
