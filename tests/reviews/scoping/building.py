"""What the rooms of the scope hold, made by their own operations."""

from datetime import date
from typing import Any
from uuid import uuid4

from reviews.case.models import Review
from reviews.planning.parallel import operations as parallel
from reviews.planning.parallel.models import ParallelProcess
from reviews.scoping.governance.models import AssuranceStep, Impasse, Responsibility
from reviews.scoping.governance.operations import people as governing
from reviews.scoping.governance.operations import steps as route
from reviews.scoping.governance.operations import texts as governance
from reviews.scoping.partners import operations as partners
from reviews.scoping.partners.models import Partnership
from reviews.scoping.reviewers.models import Engagement, IndependenceDeclaration, Reviewer
from reviews.scoping.reviewers.operations import engaging, register
from scr_portal.core import clock
from tests.cast import Cast

ENTRY = {
    "name": "Rowena Invented",
    "contact": "rowena@example.org",
    "experience": "Three reviews of neglect",
    "skills": "Health visiting",
    "capacity": "Free from May",
    "user": None,
}
SAID = {
    "employed": False,
    "agency": None,
    "managed": False,
    "related": False,
    "details": "",
    "other": "",
}


def a_reviewer(cast: Cast, **fields: Any) -> Reviewer:
    return register.add_reviewer(board=cast.board, by=cast.unit, **ENTRY | fields)


def declared(
    cast: Cast, review: Review, reviewer: Reviewer, *, on: date | None = None, **said: Any
) -> IndependenceDeclaration:
    return engaging.declare(
        review=review,
        reviewer=reviewer,
        by=cast.unit,
        token=uuid4().hex,
        declared_on=on or clock.today(),
        **SAID | said,
    )


def tied(cast: Cast, review: Review, reviewer: Reviewer, **said: Any) -> IndependenceDeclaration:
    """Employed by an agency of the case."""
    words = {"employed": True, "agency": cast.agency, "details": "Named doctor until 2024"}
    return declared(cast, review, reviewer, **words | said)


def engaged(cast: Cast, review: Review, reviewer: Reviewer, **agreed: Any) -> Engagement:
    terms = {"part": "Lead reviewer", "starts": clock.today(), "ends": None, "days": 20, "note": ""}
    return engaging.engage(review=review, reviewer=reviewer, by=cast.unit, **terms | agreed)


def partnered(cast: Cast, review: Review, **agreed: Any) -> Partnership:
    terms = {
        "partner": cast.other_board,
        "name": "",
        "contact": "Business manager",
        "agreed": "",
        "starts": clock.today(),
    }
    return partners.add_partner(review=review, by=cast.unit, **terms | agreed)


def a_process(cast: Cast, review: Review, **fields: Any) -> ParallelProcess:
    known = {"kind": "inquest", "name": "The inquest", "body": "The coroner"}
    return parallel.add_process(review=review, by=cast.unit, **known | fields)


def named(
    cast: Cast, review: Review, duty: str, user: Any = None, *, name: str = ""
) -> Responsibility:
    return governing.add_responsibility(
        review=review, duty=duty, user=user, name=name, note="", by=cast.unit
    )


def a_step(cast: Cast, review: Review, what: str = "Panel reads", **fields: Any) -> AssuranceStep:
    planned = {"who": "The panel", "planned_on": None, "done_on": None} | fields
    return route.add_step(review=review, by=cast.unit, what=what, **planned)


def an_impasse(cast: Cast, review: Review, **said: Any) -> Impasse:
    positions = {
        "about": "The second finding",
        "arose_on": clock.today(),
        "reviewer_position": "The duty team was too small.",
        "board_position": "The duty team was busy that week.",
        "outcome": "",
        "settled_on": None,
    }
    return governance.record_impasse(review=review, by=cast.unit, **positions | said)


def governed(cast: Cast, review: Review) -> None:
    """Everything that QM 7 asks for."""
    for duty, name in [("assures", "Quality group"), ("challenges", "Panel")]:
        named(cast, review, duty, name=name)
    for duty, user in [("conducts", cast.lead), ("signs", cast.chair), ("accountable", cast.chair)]:
        named(cast, review, duty, user)
    a_step(cast, review, planned_on=clock.today())
    words = {"challenge": "In writing.", "balance": "Both.", "impasse": "The chair hears both."}
    governance.write_texts(review=review, version=0, by=cast.unit, **words)
