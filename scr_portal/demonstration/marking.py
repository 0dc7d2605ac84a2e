"""How the invented people work on self-assessments together: a plan, tasks, talk and evidence."""

import tomllib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import assigning, evidence, passes, planning
from quality_markers.catalogue.models import Question
from quality_markers.comments import operations as talking
from quality_markers.learning.operations import noting
from reviews.case.models import Review
from scr_portal.accounts.models import User
from scr_portal.core import clock

DATA = Path(__file__).parent / "data" / "marking.toml"
On = Callable[[int], AbstractContextManager[None]]
Cast = Mapping[str, User]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def work_together(assessment: Pass, cast: Cast, on: On) -> None:
    with on(38):
        _plan(assessment, cast)
        _assign(assessment, cast)
        _rest_on(assessment, cast)
    for number, thread in enumerate(_data()["thread"]):
        _talk(assessment, cast, on, number, thread)


def _plan(assessment: Pass, cast: Cast) -> None:
    for row in _data()["plan"]:
        planning.plan_marker(
            assessment=assessment,
            marker=assessment.catalogue.markers.get(number=row["marker"]),
            version=0,
            by=cast["lead"],
            stage=row.get("stage", ""),
            lead=cast[row["lead"]] if "lead" in row else None,
            joins=row.get("joins", []),
            note=row["note"],
        )


def _assign(assessment: Pass, cast: Cast) -> None:
    for row in _data()["assignment"]:
        assigning.assign(
            assessment=assessment,
            person=cast[row["person"]],
            questions=[_question(assessment, each) for each in row["questions"]],
            # Some days from the day on which the demonstration is loaded.
            wanted_on=clock.today() + timedelta(days=38 + row["wanted_in"]),
            by=cast["lead"],
        )


def _rest_on(assessment: Pass, cast: Cast) -> None:
    for number, row in enumerate(_data()["evidence"]):
        evidence.attach(
            assessment=assessment,
            question=_question(assessment, row["question"]),
            kind=row["kind"],
            text=row["text"],
            url=row.get("url", ""),
            token=f"demonstration-{number}",
            by=cast["lead"],
        )


def _talk(assessment: Pass, cast: Cast, on: On, number: int, thread: dict[str, Any]) -> None:
    first = None
    for turn, said in enumerate([thread, *thread.get("reply", [])]):
        with on(said["days_ago"]):
            made = talking.comment(
                assessment=assessment,
                question=_question(assessment, thread["question"]),
                text=said["text"],
                to=[cast[key] for key in said.get("to", [])],
                parent=first,
                token=f"demonstration-{number}-{turn}",
                by=cast[said["by"]],
            )
        first = first or made


def _question(assessment: Pass, reference: str) -> Question:
    marker, number = reference.split(".")
    return Question.objects.select_related("marker").get(
        marker__version=assessment.catalogue, marker__number=marker, number=number
    )


def look_back(review: Review, by: User, on: On) -> None:
    told = _data()["looking_back"]
    with on(told["days_ago"]):
        opened = passes.open_pass(
            review=review, purpose=Pass.Purpose.RETROSPECTIVE, markers=told["markers"], by=by
        )
        noting.note(
            assessment=opened,
            marker=opened.markers.get(number=told["markers"][0]),
            text=told["text"],
            quote=told["quote"],
            token="demonstration",  # noqa: S106 - of a click
            by=by,
        )
