"""What was put to the chair, what came back of it, and what has changed since."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import (
    Answer,
    Pass,
    QuestionReturn,
    Reflection,
    Submission,
)
from quality_markers.assessments.queries.lines import words_of
from quality_markers.catalogue.models import Marker, Question
from scr_portal.core.comparing import Piece, compared


@dataclass(frozen=True)
class Change:
    """One question, or the reflection on a marker; without fields it stands as it stood."""

    marker: Marker
    question: Question | None
    fields: list[tuple[str, list[Piece]]]
    # Why the chair sent it back.
    reason: str = ""

    @property
    def anchor(self) -> str:
        if self.question is None:
            return f"reflection-{self.marker.number}"
        return f"q-{self.marker.number}-{self.question.number}"


@dataclass(frozen=True)
class Changes:
    """Since ``since``: the submission before the last, or the last while it is being changed."""

    since: Submission
    rows: list[Change]

    @property
    def changed(self) -> list[Change]:
        return [row for row in self.rows if row.fields]

    @property
    def untouched(self) -> list[Change]:
        """What came back and stands as it stood."""
        return [row for row in self.rows if not row.fields]


def returned(assessment: Pass, markers: Collection[Marker]) -> list[QuestionReturn]:
    """Questions of the last submission that came back, of these markers."""
    if assessment.state != Pass.State.RETURNED:
        return []
    last = assessment.submissions.last()
    return _returns_of(last, markers) if last else []


def _returns_of(submission: Submission, markers: Collection[Marker]) -> list[QuestionReturn]:
    rows = submission.returns.filter(question__marker__in=markers)
    return list(
        rows.select_related("question__marker", "by").order_by(
            "question__marker__number", "question__number"
        )
    )


def changes(assessment: Pass, markers: Collection[Marker]) -> Changes | None:
    """None where it was never put to the chair before. Five statements, whatever has changed."""
    last = list(assessment.submissions.order_by("-number")[:2])
    if assessment.is_editable and last:
        before, now = last[0], texts_of(assessment)
    elif len(last) == 2:
        before, now = last[1], last[0].texts
    else:
        return None
    reasons = {row.question_id: row.reason for row in _returns_of(before, markers)}
    asked = Question.objects.filter(marker__in=markers).select_related("marker")
    rows = [
        Change(question.marker, question, fields, reasons.get(question.pk, ""))
        for question in asked.order_by("marker__number", "number")
        for fields in [_fields(before.texts.get(str(question.pk)), now.get(str(question.pk)))]
        if fields or question.pk in reasons
    ]
    for marker in markers:
        then, text = (texts.get(f"r{marker.pk}", "") for texts in (before.texts, now))
        if then != text:
            label = str(Reflection._meta.get_field("text").verbose_name)  # type: ignore[union-attr]
            rows.append(Change(marker, None, [(label, compared(then, text))]))
    rows.sort(key=lambda row: row.marker.number)
    return Changes(before, rows)


def texts_of(assessment: Pass) -> dict[str, Any]:
    """As a submission keeps them."""
    texts: dict[str, Any] = {
        str(row.question_id): rules.texts_of(Answer, row) for row in assessment.answers.all()
    }
    return texts | {f"r{row.marker_id}": row.text for row in assessment.reflections.all()}


def _fields(
    then: dict[str, str] | None, now: dict[str, str] | None
) -> list[tuple[str, list[Piece]]]:
    blank = rules.BLANK[Answer]
    before, after = blank | (then or {}), blank | (now or {})
    return [
        (_label(name), compared(words_of(name, before[name]), words_of(name, after[name])))
        for name in Answer.FIELDS
        if before[name] != after[name]
    ]


def _label(name: str) -> str:
    if name == "judgement":
        return _("Judgement")
    label = str(Answer._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
