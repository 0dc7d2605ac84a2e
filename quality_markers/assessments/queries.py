from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import Answer, AnswerText, Pass, Reflection, ReflectionText
from quality_markers.assessments.rules import Texts
from quality_markers.catalogue.models import Marker, Question
from reviews.case.evidence import Evidence, evidence
from reviews.case.models import Review
from reviews.case.queries import appointed, people_with
from reviews.permissions import Permission, Role
from scr_portal.core.templatetags import portal

Pair = tuple[Permission, Permission]


def may(user: Any, review: Review, pair: Pair, marker: Marker) -> bool:
    everything, family = pair
    return user.has_perm(everything, review) or (marker.is_family and user.has_perm(family, review))


def markers_for(user: Any, assessment: Pass, pair: Pair) -> QuerySet[Marker]:
    """All markers of the pass, those about the family, or none, for reading or for filling in."""
    everything, family = pair
    markers = assessment.markers.order_by("number")
    if user.has_perm(everything, assessment.review):
        return markers
    if user.has_perm(family, assessment.review):
        return markers.filter(is_family=True)
    return markers.none()


def passes_of(review: Review, user: Any) -> QuerySet[Pass]:
    """As Pass.objects.visible_to, for a review that the caller has fetched through its own door."""
    passes = Pass.objects.filter(review=review)
    if user.has_perm(Permission.READ_MARKERS, review):
        return passes
    if user.has_perm(Permission.READ_FAMILY_MARKERS, review):
        return passes.filter(markers__is_family=True).distinct()
    return passes.none()


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
    errors: Mapping[str, Any] = field(default_factory=dict)
    # What the review's own record says to the question, as far as the reader may see it.
    record: list[Evidence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = rules.texts_of(Answer, self.answer)
        self.token = rules.token(Answer, self.texts)
        self.reference = f"{self.marker.number}.{self.question.number}"
        self.anchor = f"q-{self.marker.number}-{self.question.number}"
        self.place = f"{self.marker.number}/{self.question.number}"
        self.considered = self.texts["judgement"] != Answer.Judgement.NOT_CONSIDERED

    def retype(self, typed: Texts, token: str, errors: Mapping[str, Any]) -> None:
        self.texts, self.token, self.errors = {**self.texts, **typed}, token, errors

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

    def retype(self, typed: Texts, token: str, errors: Mapping[str, Any]) -> None:
        self.texts, self.token, self.errors = {**self.texts, **typed}, token, errors


LIGHT = ["number", "title", "statement", "cluster_number", "cluster_title", "is_family"]


def _nobody(marker: Marker) -> bool:
    return False


def sheets(
    assessment: Pass,
    markers: Iterable[Marker] | QuerySet[Marker],
    editable: Callable[[Marker], bool] = _nobody,
) -> list[Sheet]:
    """Three queries, whatever the number of markers."""
    questions = (
        Question.objects.filter(marker__in=markers)
        .select_related("marker")
        .only("number", "text", *(f"marker__{name}" for name in LIGHT))
        .order_by("marker__number", "number")
    )
    answers = {
        row.question_id: row
        for row in assessment.answers.filter(question__marker__in=markers).select_related("by")
    }
    reflections = {
        row.marker_id: row
        for row in assessment.reflections.filter(marker__in=markers).select_related("by")
    }
    found = []
    for _pk, group in groupby(questions, key=lambda question: question.marker_id):
        asked = list(group)
        marker = asked[0].marker
        can = editable(marker)
        lines = [Line(marker, one, answers.get(one.pk), editable=can) for one in asked]
        found.append(Sheet(marker, lines, reflections.get(marker.pk), editable=can))
    return found


def put_record_beside(sheet: Sheet, review: Review, reader: Any) -> None:
    """Facts beside the questions of one marker; never an answer."""
    by_question: dict[str, list[Evidence]] = defaultdict(list)
    for each in evidence(review, reader, sheet.marker.number):
        by_question[each.question].append(each)
    for line in sheet.lines:
        line.record = by_question[line.reference]


@dataclass(frozen=True)
class Progress:
    marker: Marker
    asked: int
    considered: int
    reflected: bool

    @property
    def left(self) -> int:
        return self.asked - self.considered


def progress(assessment: Pass, markers: QuerySet[Marker]) -> list[Progress]:
    considered = dict(
        assessment.answers.exclude(judgement=Answer.Judgement.NOT_CONSIDERED)
        .values_list("question__marker")
        .annotate(count=Count("pk"))
    )
    reflected = set(assessment.reflections.exclude(text="").values_list("marker", flat=True))
    return [
        Progress(marker, marker.asked, considered.get(marker.pk, 0), marker.pk in reflected)
        for marker in markers.annotate(asked=Count("questions")).defer(
            "rationale", "knowledge", "equality", "law", "obstacles"
        )
    ]


def considered(assessment: Pass, marker: Marker) -> tuple[int, int]:
    """Questions of one marker that have been considered, of how many."""
    answers = assessment.answers.filter(question__marker=marker)
    considered = answers.exclude(judgement=Answer.Judgement.NOT_CONSIDERED).count()
    return considered, marker.questions.count()


def lacking_reasons(assessment: Pass) -> list[Answer]:
    answers = assessment.answers.filter(judgement=Answer.Judgement.NOT_APPLICABLE)
    return [
        answer
        for answer in answers.select_related("question__marker").order_by(
            "question__marker__number", "question__number"
        )
        if rules.lacks_reason(answer)
    ]


def wrote_in(assessment: Pass, user: Any) -> bool:
    """Whether a word of the pass, now or earlier, or its submission is this person's."""
    kept: list[QuerySet[Any]] = [
        AnswerText.objects.filter(answer__assessment=assessment),
        ReflectionText.objects.filter(reflection__assessment=assessment),
        assessment.answers.all(),
        assessment.reflections.all(),
    ]
    return assessment.submitted_by_id == user.pk or any(
        rows.filter(by=user).exists() for rows in kept
    )


def last_to_write(row: Any, names: Iterable[str]) -> tuple[Any, Any]:
    """Who wrote these fields as they stand, and when: not always who saved the answer last."""
    found = row
    for earlier in row.texts.select_related("by"):
        if any(getattr(earlier, name) != getattr(row, name) for name in names):
            break
        found = earlier
    return found.by, found.at


def told_of(assessment: Pass) -> list[Any]:
    """Who hears what became of a pass: whoever opened and submitted it, and the lead reviewers."""
    review = assessment.review
    wanted = {assessment.opened_by_id, assessment.submitted_by_id}
    wanted |= {person.pk for person in appointed(review, Role.LEAD)}
    readers = people_with(review, Permission.READ_MARKERS)
    return [person for person in readers if person.pk in wanted]


def question_url(assessment: Pass, question: Question) -> str:
    place = [assessment.review_id, assessment.number, question.marker.number]
    page = reverse("quality_markers:marker", args=place)
    return f"{page}#q-{question.marker.number}-{question.number}"
