"""What the review's record says to the questions of a pass, and where it says otherwise than they.

Facts are asked for in the reader's name: what they may not see is neither a fact nor a
contradiction to them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer, Explanation, Pass
from quality_markers.assessments.queries.lines import Sheet
from quality_markers.assessments.queries.reading import markers_for
from quality_markers.catalogue.models import SCR, Marker, Question
from reviews.case.evidence import Evidence, evidence

Facts = Mapping[str, list[Evidence]]
"""By question, as published ("12.4")."""


@dataclass(frozen=True)
class Contradiction:
    """Judged to be in place, while these facts speak against it."""

    question: Question
    answer: Answer
    facts: list[Evidence]
    explanation: Explanation | None = None

    @property
    def unexplained(self) -> list[Evidence]:
        """An explanation speaks of the facts that its writer read, and of no later one."""
        read = set(self.explanation.facts) if self.explanation else set()
        return [fact for fact in self.facts if str(fact.text) not in read]

    @property
    def is_explained(self) -> bool:
        return not self.unexplained

    @property
    def reference(self) -> str:
        return self.question.reference

    @property
    def place(self) -> str:
        """Of the question in the addresses of the pass."""
        return f"{self.question.marker.number}/{self.question.number}"

    @property
    def anchor(self) -> str:
        return f"q-{self.question.marker.number}-{self.question.number}"

    @property
    def seen(self) -> str:
        """What a page holds to say which facts its reader has in front of them."""
        return sha256("\n".join(sorted(str(fact.text) for fact in self.facts)).encode()).hexdigest()


def facts_for(assessment: Pass, markers: Iterable[Marker], user: Any) -> Facts:
    """Nothing for a catalogue of another framework: the rooms know the numbers of ours."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    if assessment.catalogue.framework != SCR:
        return found
    for number in sorted({marker.number for marker in markers}):
        for each in evidence(assessment.review, user, number):
            found[each.question].append(each)
    return found


def contradictions(
    assessment: Pass, user: Any, *, only: Question | None = None
) -> list[Contradiction]:
    """In the order of the questions; ``only`` of one.

    Two statements, and those of the rooms for the markers of which something is judged in place.
    """
    answers = assessment.answers.filter(
        judgement=Answer.Judgement.IN_PLACE,
        question__marker__in=markers_for(user, assessment, rules.READ),
    )
    if only is not None:
        answers = answers.filter(question=only)
    rows = list(_with_questions(answers))
    facts = facts_for(assessment, [row.question.marker for row in rows], user)
    return _against(assessment, rows, facts)


def _with_questions(answers: Any) -> Any:
    marker = [f"question__marker__{name}" for name in ("number", "title", "is_family")]
    return (
        answers.select_related("question__marker")
        .only("assessment", "judgement", "question__number", "question__text", *marker)
        .order_by("question__marker__number", "question__number")
    )


def _against(assessment: Pass, answers: Iterable[Answer], facts: Facts) -> list[Contradiction]:
    against = {
        row: spoken
        for row in answers
        if (spoken := [each for each in facts.get(row.question.reference, []) if each.contradicts])
    }
    if not against:
        return []
    written = assessment.explanations.filter(question__in=[row.question_id for row in against])
    explained = {row.question_id: row for row in written.select_related("by")}
    return [
        Contradiction(row.question, row, spoken, explained.get(row.question_id))
        for row, spoken in against.items()
    ]


@dataclass(frozen=True)
class Standing:
    """The contradictions of a pass as its reader sees them, parted for a page."""

    found: list[Contradiction] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Contradiction]:
        return [each for each in self.found if not each.is_explained]

    @property
    def explained(self) -> list[Contradiction]:
        return [each for each in self.found if each.is_explained]


def put_record_beside(sheet: Sheet, assessment: Pass, reader: Any) -> None:
    """Facts beside the questions of one marker, and what speaks against a judgement."""
    facts = facts_for(assessment, [sheet.marker], reader)
    judged = []
    for line in sheet.lines:
        line.record = facts.get(line.reference, [])
        if line.answer is not None and line.answer.judgement == Answer.Judgement.IN_PLACE:
            line.answer.question = line.question
            judged.append(line.answer)
    against = {each.question.pk: each for each in _against(assessment, judged, facts)}
    for line in sheet.lines:
        line.contradiction = against.get(line.question.pk)
