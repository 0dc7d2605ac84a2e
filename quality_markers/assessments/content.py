"""What the chair signs: everything that a pass says, in one canonical order."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from quality_markers.assessments import queries
from quality_markers.assessments.models import EvidenceItem, Explanation, Pass

Names = Mapping[str, str]
Beside = Mapping[int, dict[str, Any]]

FORM = 2
"""1: texts alone. 2: what the answers rest on as well, and what explains a contradiction."""

# A signature is read by people who may not read every document, nor all that the record says.
SEALED = frozenset({EvidenceItem.Kind.DOCUMENT, EvidenceItem.Kind.RECORD})


def of(assessment: Pass, names: Names | None = None, form: int = FORM) -> dict[str, Any]:
    """``names`` (id to name) are those of a signature: a person renamed since changes nothing.

    ``form`` is that of the signature which the content is compared with.
    """
    people = _People(names or {})
    if form == 1:
        return _texts(assessment, people, {})
    items = list(
        assessment.evidence_items.filter(removed_at=None).select_related("by", "question__marker")
    )
    explained = list(
        assessment.explanations.select_related("by", "question__marker").order_by("pk")
    )
    beside = _beside(items, explained, people)
    return {
        **_texts(assessment, people, beside),
        "form": form,
        "evidence_sha256": _sealed(items, explained),
    }


def _beside(items: list[EvidenceItem], explained: list[Explanation], people: "_People") -> Beside:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for item in items:
        if item.kind not in SEALED:
            broken = {"not_found": _moment(item.broken_at)} if item.broken_at else {}
            said = {"kind": item.kind, "text": item.text, "url": item.url, **broken}
            rests_on = found[item.question_id].setdefault("rests_on", [])
            rests_on.append({**said, **_when(item.by, item.at, people)})
    for row in explained:
        found[row.question_id]["explanation"] = {
            "words": row.words,
            **_when(row.by, row.at, people),
        }
    return found


def _sealed(items: list[EvidenceItem], explained: list[Explanation]) -> str:
    """Documents and facts are signed for as well, and the signature gives none of them away."""
    kept = [
        [
            *(item.question.reference, item.kind, item.document_id, item.text, item.url),
            *(item.by_id, _moment(item.at), _moment(item.broken_at)),
        ]
        for item in items
        if item.kind in SEALED
    ]
    facts = [[row.question.reference, row.facts] for row in explained]
    text = json.dumps([kept, facts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _texts(assessment: Pass, people: "_People", beside: Beside) -> dict[str, Any]:
    sheets = queries.sheets(assessment, assessment.markers.all())
    return {
        "review": assessment.review.reference,
        "self_assessment": assessment.number,
        "purpose": assessment.purpose,
        "catalogue": {
            "title": assessment.catalogue.title,
            "sha256": assessment.catalogue.sha256,
        },
        "markers": [_sheet(sheet, people, beside) for sheet in sheets],
        "submitted": _when(assessment.submitted_by, assessment.submitted_at, people),
        "people": people.met,
    }


def _sheet(sheet: queries.Sheet, people: "_People", beside: Beside) -> dict[str, Any]:
    reflection = sheet.reflection
    return {
        "number": sheet.marker.number,
        "title": sheet.marker.title,
        "statement": sheet.marker.statement,
        "questions": [_line(line, people, beside) for line in sheet.lines],
        "reflection": reflection
        and {"text": reflection.text, **_when(reflection.by, reflection.at, people)},
    }


def _line(line: queries.Line, people: "_People", beside: Beside) -> dict[str, Any]:
    answer = line.answer
    return {
        "number": line.reference,
        "question": line.question.text,
        **line.texts,
        **(_when(answer.by, answer.at, people) if answer else {}),
        **beside.get(line.question.pk, {}),
    }


def _when(by: Any, at: datetime | None, people: "_People") -> dict[str, str]:
    return {"by": people.name(by), "at": _moment(at)}


def _moment(at: datetime | None) -> str:
    """In UTC, so that the same moment is the same text wherever it is read."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if at else ""


class _People:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.met: dict[str, str] = {}

    def name(self, person: Any) -> str:
        if person is None:
            return ""
        key = str(person.pk)
        return self.met.setdefault(key, self.names.get(key) or str(person))
