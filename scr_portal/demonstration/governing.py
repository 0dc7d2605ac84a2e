"""Who reviews for the invented board, with whom it shares a review, and how one is governed."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from reviews.case.models import Review
from reviews.planning.parallel import operations as parallel
from reviews.scoping.governance import rules
from reviews.scoping.governance.operations import people, steps, texts
from reviews.scoping.partners import operations as partners
from reviews.scoping.reviewers.operations import engaging, register
from scr_portal.accounts.models import Board, User
from scr_portal.core import clock

DATA = Path(__file__).parent / "data" / "governing.toml"
GOVERNED = "Child Fieldfare"

Cast = Mapping[str, User]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def keep_register(board: Board, cast: Cast) -> None:
    unit = cast["unit"]
    for row in _data()["reviewer"]:
        fields = {name: text for name, text in row.items() if name != "key"}
        user = cast.get(row.get("key", ""))
        register.add_reviewer(board=board, by=unit, user=user, **fields)
    for row in _data()["reference"]:
        register.add_reference(
            reviewer=board.reviewers.get(name=row["of"]),
            by=unit,
            given_by=row["given_by"],
            given_on=clock.today() - timedelta(days=20),
            text=row["text"],
        )


def engage(review: Review, lead: User, unit: User) -> None:
    """The lead declares and is engaged; of the governed review somebody else was asked first."""
    if review.pseudonym == GOVERNED:
        tied = _data()["tied"]
        _declare(
            review,
            tied["name"],
            unit,
            employed=True,
            agency=review.board.agencies.get(name=tied["agency"]),
            details=tied["details"],
        )
    _declare(review, lead.name, unit)
    engaging.engage(
        review=review,
        reviewer=review.board.reviewers.get(user=lead),
        by=unit,
        part="Lead reviewer",
        starts=clock.today(),
        ends=clock.today() + timedelta(days=300),
        days=24,
        note="",
    )


def _declare(review: Review, name: str, unit: User, **said: Any) -> None:
    nothing = {"employed": False, "managed": False, "related": False, "agency": None}
    engaging.declare(
        review=review,
        reviewer=review.board.reviewers.get(name=name),
        by=unit,
        token=f"demonstration:{review.reference}:{name}",
        declared_on=clock.today(),
        **nothing | {"details": "", "other": ""} | said,
    )


def govern(review: Review, cast: Cast, today: Any) -> None:
    """Before its work begins; ``today`` is the day of loading, from which steps are counted."""
    if review.pseudonym != GOVERNED:
        return
    unit, data = cast["unit"], _data()
    for row in data["responsibility"]:
        people.add_responsibility(
            review=review,
            duty=row["duty"],
            user=cast.get(row.get("who", "")),
            name=row.get("name", ""),
            note=row["note"],
            by=unit,
        )
    for row in data["step"]:
        planned_on = today + timedelta(days=row["planned"])
        steps.add_step(
            review=review,
            by=unit,
            what=row["what"],
            who=row["who"],
            planned_on=planned_on,
            done_on=today + timedelta(days=row["done"]) if "done" in row else None,
        )
    words = {name: str(text) for name, text in rules.TEMPLATE.items()}
    texts.write_texts(review=review, version=0, by=unit, **words)
    partner = dict(data["partner"])
    board = Board.objects.get(slug=partner.pop("slug"))
    partners.add_partner(
        review=review, partner=board, name="", by=unit, starts=clock.today(), **partner
    )
    parallel.add_process(review=review, by=unit, began_on=clock.today(), **data["process"])


def disagree(review: Review, lead: User) -> None:
    if review.pseudonym == GOVERNED:
        texts.record_impasse(
            review=review,
            by=lead,
            arose_on=clock.today() - timedelta(days=9),
            settled_on=clock.today(),
            **_data()["impasse"],
        )
