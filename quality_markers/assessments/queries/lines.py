"""The questions of markers, each with its answer, as pages and files show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer, Pass, Reflection
from quality_markers.assessments.notes import QuestionNote, Said, said_of
from quality_markers.assessments.queries.working import Leave
from quality_markers.assessments.rules import Texts
from quality_markers.catalogue.models import Marker, Question
from reviews.case.evidence import Evidence
from scr_portal.core.templatetags import portal


def words_of(name: str, text: str) -> str:
    """The text of a field as it is read: a judgement in words."""
    return str(Answer.Judgement(text).label) if name == "judgement" else text


def last_saved(row: Answer | Reflection | None) -> str:
    """The sentence under a text, on the page and again when the script has saved it."""
    if row is None:
        return ""
    return _("Last saved by %(who)s, %(when)s.") % {"who": row.by, "when": portal.moment(row.at)}


@dataclass
class Line:
    """One question on a page, with the answer or what somebody has just typed over it."""

    marker: Marker
    question: Question
    answer: Answer | None
    editable: bool = False
    # It is read until the browser makes a form of it (static/js/fill.js).
    fillable: bool = False
    errors: Mapping[str, Any] = field(default_factory=dict)
    # What the review's own record says to the question, as far as the reader may see it.
    record: list[Evidence] = field(default_factory=list)
    # The facts among them that speak against the answer (queries.record.Contradiction), or None.
    contradiction: Any = None
    # What other rooms say under it; what earlier passes said to it; what the answer rests on.
    notes: list[Said] = field(default_factory=list)
    before: list[Any] = field(default_factory=list)
    before_count: int = 0
    rests_on: list[Any] = field(default_factory=list)
    # Of an answer that came over from another version of the catalogue: what was asked there.
    asked_then: str = ""

    def __post_init__(self) -> None:
        self.texts = rules.texts_of(Answer, self.answer)
        self.token = rules.token(Answer, self.texts)
        self.reference = self.question.reference
        self.anchor = f"q-{self.marker.number}-{self.question.number}"
        self.place = f"{self.marker.number}/{self.question.number}"
        self.considered = self.texts["judgement"] != Answer.Judgement.NOT_CONSIDERED

    def retype(self, typed: Texts, token: str, errors: Mapping[str, Any]) -> None:
        self.texts, self.token, self.errors = {**self.texts, **typed}, token, errors

    @property
    def record_beside(self) -> list[Evidence]:
        """Without the facts that are listed as speaking against the answer."""
        against = self.contradiction.facts if self.contradiction else ()
        return [fact for fact in self.record if fact not in against]

    @property
    def judgement_label(self) -> str:
        return words_of("judgement", self.texts["judgement"])

    @property
    def last_saved(self) -> str:
        return last_saved(self.answer)

    @property
    def lacks_reason(self) -> bool:
        return self.answer is not None and rules.lacks_reason(self.answer)


@dataclass
class Sheet:
    """One marker with its questions and the reflection."""

    marker: Marker
    lines: list[Line]
    reflection: Reflection | None
    editable: bool = False
    fillable: bool = False
    errors: Mapping[str, Any] = field(default_factory=dict)
    # For the page with all questions: is it unfolded, and how far it has come in words.
    open: bool = True
    status: str = ""

    def __post_init__(self) -> None:
        self.texts = rules.texts_of(Reflection, self.reflection)
        self.token = rules.token(Reflection, self.texts)
        self.considered = sum(line.considered for line in self.lines)
        self.asked = len(self.lines)

    @property
    def last_saved(self) -> str:
        return last_saved(self.reflection)

    @property
    def to_fill_in(self) -> bool:
        return self.fillable or any(line.fillable for line in self.lines)

    def retype(self, typed: Texts, token: str, errors: Mapping[str, Any]) -> None:
        self.texts, self.token, self.errors = {**self.texts, **typed}, token, errors

    def shorten(self, here: str) -> None:
        """On a page below ``here`` a hundred addresses need not say where that is."""
        for line in self.lines:
            line.notes = [replace(note, url=note.url.removeprefix(here)) for note in line.notes]

    def lighten(self) -> None:
        """A hundred forms are a heavy page: they are read, and the browser makes the forms."""
        self.fillable, self.editable = self.editable, False
        for line in self.lines:
            line.fillable, line.editable = line.editable, False


LIGHT = ["number", "title", "statement", "cluster_number", "cluster_title", "is_family"]
HEAVY = ["rationale", "knowledge", "equality", "law", "obstacles", "local_guidance"]
"""Sections of a marker that its questions do without."""


def sheets(
    assessment: Pass,
    markers: Iterable[Marker] | QuerySet[Marker],
    leave: Leave | None = None,
    notes: Iterable[QuestionNote] = (),
) -> list[Sheet]:
    """Two queries, whatever the number of markers. Without leave nothing can be filled in."""
    leave, notes = leave or Leave(), list(notes)
    asked = questions(assessment, markers, notes)
    reflections = {
        row.marker_id: row
        for row in assessment.reflections.filter(marker__in=markers).select_related("by")
    }
    found = []
    for _pk, group in groupby(asked, key=lambda question: question.marker_id):
        lines = [_line(each, leave, notes) for each in group]
        marker = lines[0].marker
        reflection = reflections.get(marker.pk)
        found.append(Sheet(marker, lines, reflection, editable=leave.marker(marker)))
    return found


def questions(
    assessment: Pass,
    markers: Iterable[Marker] | QuerySet[Marker],
    notes: Iterable[QuestionNote] = (),
) -> QuerySet[Question]:
    """Each with its answer in this pass, as ``own``, and with what the rooms say under it."""
    mine = FilteredRelation("answers", condition=Q(answers__assessment=assessment.pk))
    return (
        Question.objects.filter(marker__in=markers)
        .annotate(own=mine, asked_then=F("own__copied_from__question__text"))
        .annotate(**{note.key: note.expression for note in notes})
        .select_related("marker", "own__by")  # type: ignore[misc]
        .defer(*(f"marker__{name}" for name in HEAVY))
        .order_by("marker__number", "number")
    )


def _line(question: Question, leave: Leave, notes: list[QuestionNote]) -> Line:
    # Where nobody has answered, Django sets nothing.
    answer = getattr(question, "own", None)
    line = Line(question.marker, question, answer, editable=leave.question(question))
    line.notes = said_of(question, notes)
    asked_then = getattr(question, "asked_then", None) or question.text
    line.asked_then = "" if asked_then == question.text else asked_then
    return line


def question_url(assessment: Pass, question: Question) -> str:
    place = [assessment.review_id, assessment.number, question.marker.number]
    page = reverse("quality_markers:marker", args=place)
    return f"{page}#q-{question.marker.number}-{question.number}"
