"""A pass as a copy of another: every answer with a link to the one that it was."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from quality_markers.assessments.models import (
    Answer,
    Assignment,
    EvidenceItem,
    Explanation,
    MarkerPlan,
    Pass,
    Reflection,
)
from quality_markers.assessments.operations.passes import next_number
from quality_markers.assessments.queries.moving import Mapped, markers_there
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def copy(old: Pass, found: Mapped, reason: str, by: Any) -> Pass:
    markers = markers_there(old, found)
    if not markers and old.markers.exists():
        raise Refused(_("None of its questions is in the newer wording. Begin a new one instead."))
    new = Pass.objects.create(
        review=old.review,
        catalogue=found.version,
        number=next_number(old.review),
        purpose=old.purpose,
        opened_by=by,
        opened_at=clock.now(),
        copied_from=old,
        copied_because=reason,
    )
    new.markers.set(markers)
    _copy_answers(old, new, found)
    _copy_reflections(old, new, found)
    _copy_evidence(old, new, found)
    return new


def _copy_answers(old: Pass, new: Pass, found: Mapped) -> None:
    """Whoever wrote an answer, and when, is still who wrote it."""
    Answer.objects.bulk_create(
        Answer(
            **_place(new),
            question_id=found.questions[row.question_id],
            copied_from=row,
            **_said(row),
        )
        for row in old.answers.all()
        if row.question_id in found.questions
    )


def _place(new: Pass) -> dict[str, Any]:
    return {"review": new.review, "board_id": new.review.board_id, "assessment": new}


def _said(row: Answer | Reflection) -> dict[str, Any]:
    texts = {name: getattr(row, name) for name in row.FIELDS}
    return texts | {"by_id": row.by_id, "at": row.at, "since": row.since}


def _copy_reflections(old: Pass, new: Pass, found: Mapped) -> None:
    """Two markers that have become one: both reflections, the one below the other."""
    made: dict[int, Reflection] = {}
    for row in old.reflections.order_by("marker__number"):
        there = found.markers.get(row.marker_id)
        if there is None:
            continue
        if there in made:
            made[there].text = f"{made[there].text}\n\n{row.text}".strip()
        else:
            made[there] = Reflection(**_place(new), marker_id=there, **_said(row))
    Reflection.objects.bulk_create(made.values())


def _copy_evidence(old: Pass, new: Pass, found: Mapped) -> None:
    names = ("kind", "document_id", "text", "url", "by_id", "at", "broken_by_id", "broken_at")
    items = old.evidence_items.filter(removed_at__isnull=True, question__in=found.questions)
    EvidenceItem.objects.bulk_create(
        EvidenceItem(
            **_place(new),
            question_id=found.questions[row.question_id],
            token=uuid4().hex,
            **_values(row, names),
        )
        for row in items
    )
    Explanation.objects.bulk_create(
        Explanation(
            **_place(new),
            question_id=found.questions[row.question_id],
            **_values(row, ("facts", "words", "by_id", "at")),
        )
        for row in old.explanations.filter(question__in=found.questions)
    )


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def carry_work_over(old: Pass, new: Pass, found: Mapped) -> None:
    """The plan and what is assigned, as far as it has a place there; nobody is told anew."""
    plan_names = ("stage", "on", "lead_id", "joins", "note", "taken_up_at", "by_id", "at")
    MarkerPlan.objects.bulk_create(
        [
            MarkerPlan(
                **_place(new), marker_id=found.markers[row.marker_id], **_values(row, plan_names)
            )
            for row in old.plan.order_by("marker__number")
            if row.marker_id in found.markers
        ],
        ignore_conflicts=True,
    )
    held = old.assignments.filter(ended_at__isnull=True)
    Assignment.objects.bulk_create(
        [
            Assignment(
                **_place(new),
                marker_id=found.markers[row.marker_id],
                question_id=row.question_id and found.questions[row.question_id],
                **_values(row, ("person_id", "wanted_on", "by_id", "at")),
            )
            for row in held.order_by("pk")
            if row.marker_id in found.markers
            and (row.question_id is None or row.question_id in found.questions)
        ],
        ignore_conflicts=True,
    )
    held.update(ended_at=clock.now())
