"""What the chair signs: everything that a pass says, in one canonical order."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from quality_markers.assessments import queries
from quality_markers.assessments.models import Pass

Names = Mapping[str, str]


def of(assessment: Pass, names: Names | None = None) -> dict[str, Any]:
    """``names`` (id to name) are those of a signature: a person renamed since changes nothing."""
    sheets = queries.sheets(assessment, assessment.markers.all())
    people = _People(names or {})
    return {
        "review": assessment.review.reference,
        "self_assessment": assessment.number,
        "purpose": assessment.purpose,
        "catalogue": {
            "title": assessment.catalogue.title,
            "sha256": assessment.catalogue.sha256,
        },
        "markers": [_sheet(sheet, people) for sheet in sheets],
        "submitted": _when(assessment.submitted_by, assessment.submitted_at, people),
        "people": people.met,
    }


def _sheet(sheet: queries.Sheet, people: "_People") -> dict[str, Any]:
    reflection = sheet.reflection
    return {
        "number": sheet.marker.number,
        "title": sheet.marker.title,
        "statement": sheet.marker.statement,
        "questions": [_line(line, people) for line in sheet.lines],
        "reflection": reflection
        and {"text": reflection.text, **_when(reflection.by, reflection.at, people)},
    }


def _line(line: queries.Line, people: "_People") -> dict[str, Any]:
    answer = line.answer
    return {
        "number": line.reference,
        "question": line.question.text,
        **line.texts,
        **(_when(answer.by, answer.at, people) if answer else {}),
    }


def _when(by: Any, at: datetime | None, people: "_People") -> dict[str, str]:
    """In UTC, so that the same moment is the same text wherever it is read."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds") if at else ""
    return {"by": people.name(by), "at": moment}


class _People:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.met: dict[str, str] = {}

    def name(self, person: Any) -> str:
        if person is None:
            return ""
        key = str(person.pk)
        return self.met.setdefault(key, self.names.get(key) or str(person))
