"""What one person's copy of a self-assessment holds: nothing that they may not read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from quality_markers.assessments.models import Answer, Pass, Reflection
from quality_markers.assessments.queries import markers_for, passes_of
from quality_markers.assessments.rules import READ
from quality_markers.catalogue.models import CatalogueVersion, Marker, Question
from quality_markers.exports.models import Export
from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from scr_portal.core.passages import Passage, passages

# A guess at how much text fills a page, for the progress alone.
CHARACTERS_A_PAGE = 1800


@dataclass(frozen=True)
class Entry:
    """A question with its answer; ``answer`` is None where nobody has opened it."""

    question: Question
    answer: Answer | None
    reason: list[Passage]
    narrative: list[Passage]
    evidence: list[Passage]

    @property
    def considered(self) -> bool:
        return bool(self.answer and self.answer.judgement != Answer.Judgement.NOT_CONSIDERED)


@dataclass(frozen=True)
class Chapter:
    marker: Marker
    entries: list[Entry]
    reflection: Reflection | None
    thoughts: list[Passage]


@dataclass(frozen=True)
class Part:
    """A cluster of the catalogue."""

    number: int
    title: str
    chapters: list[Chapter]


@dataclass(frozen=True)
class Document:
    assessment: Pass
    review: Review
    catalogue: CatalogueVersion
    signature: Signature | None
    parts: list[Part]
    # The whole of the pass, as against the markers that this reader may read or asked for.
    is_whole: bool
    one: Marker | None
    made_by: Any
    made_at: datetime

    @property
    def chapters(self) -> list[Chapter]:
        return [chapter for part in self.parts for chapter in part.chapters]

    @property
    def marker_numbers(self) -> list[int]:
        return [chapter.marker.number for chapter in self.chapters]

    @property
    def pages(self) -> int:
        return 3 + len(self.chapters) + self.characters // CHARACTERS_A_PAGE

    @property
    def characters(self) -> int:
        return sum(_length(chapter) for chapter in self.chapters)


def readable(user: Any, assessment: Pass) -> QuerySet[Marker]:
    """The markers of the pass that this person may take with them."""
    if not user.has_perm(Permission.EXPORT, assessment.review):
        return assessment.markers.none()
    return markers_for(user, assessment, READ)


def document(
    *, assessment: Pass, user: Any, at: datetime, marker: Marker | None = None
) -> Document:
    """Read it through the person's own door.

    Raises PermissionDenied where nothing of it is left that they may read.
    """
    wanted = readable(user, assessment)
    if marker:
        wanted = wanted.filter(pk=marker.pk)
    markers = list(wanted.prefetch_related("questions"))
    if not markers:
        raise PermissionDenied
    return Document(
        assessment=assessment,
        review=assessment.review,
        catalogue=assessment.catalogue,
        signature=_signature(assessment, user),
        parts=_parts(assessment, markers),
        is_whole=assessment.markers.count() == len(markers),
        one=markers[0] if marker else None,
        made_by=user,
        made_at=at,
    )


def _signature(assessment: Pass, user: Any) -> Signature | None:
    """A signature over texts that the person may not read is not theirs to read either."""
    found = assessment.signature
    return found if found and user.has_perm(found.permission, assessment.review) else None


def _parts(assessment: Pass, markers: list[Marker]) -> list[Part]:
    answers = {
        answer.question_id: answer
        for answer in assessment.answers.filter(question__marker__in=markers).select_related("by")
    }
    reflections = {
        reflection.marker_id: reflection
        for reflection in assessment.reflections.filter(marker__in=markers).select_related("by")
    }
    clusters = groupby(markers, key=lambda marker: (marker.cluster_number, marker.cluster_title))
    return [
        Part(number, title, [_chapter(marker, answers, reflections) for marker in group])
        for (number, title), group in clusters
    ]


def _chapter(
    marker: Marker, answers: dict[int, Answer], reflections: dict[int, Reflection]
) -> Chapter:
    questions = sorted(marker.questions.all(), key=lambda question: question.number)
    for question in questions:
        question.marker = marker
    reflection = reflections.get(marker.pk)
    [thoughts] = passages(f"{marker.number}.R", reflection.text if reflection else "")
    entries = [_entry(question, answers.get(question.pk)) for question in questions]
    return Chapter(marker, entries, reflection, thoughts)


def _entry(question: Question, answer: Answer | None) -> Entry:
    if answer is None:
        return Entry(question, None, [], [], [])
    is_off = answer.judgement == Answer.Judgement.NOT_APPLICABLE
    reason, narrative, evidence = passages(
        question.reference,
        answer.not_applicable_reason if is_off else "",
        answer.narrative,
        answer.evidence,
    )
    return Entry(question, answer, reason, narrative, evidence)


def _length(chapter: Chapter) -> int:
    groups: Iterable[list[Passage]] = [
        chapter.thoughts,
        *(
            group
            for entry in chapter.entries
            for group in (entry.reason, entry.narrative, entry.evidence)
        ),
    ]
    return sum(len(passage.text) for group in groups for passage in group)


def exports_of(user: Any, review: Review) -> QuerySet[Export]:
    """This person's own files of one review, without their contents.

    Whoever may read the family's markers alone by now is not told of files that hold others.
    """
    rows = Export.objects.filter(asked_by=user, review=review)
    rows = rows.select_related("assessment", "marker", "review").defer("content")
    if user.has_perm(Permission.READ_MARKERS, review):
        return rows
    family = Marker.objects.filter(is_family=True)
    numbers = list(family.values_list("number", flat=True).distinct())
    return rows.filter(
        Q(marker__isnull=True) | Q(marker__in=family),
        assessment__in=passes_of(review, user),
        markers__contained_by=numbers,
    )


def may_still_read(user: Any, export: Export) -> bool:
    """Whether every marker in the file is one that the person may read today."""
    numbers = readable(user, export.assessment).values_list("number", flat=True)
    return set(export.markers) <= set(numbers)
