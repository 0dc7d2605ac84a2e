"""Two passes of one review beside each other: what moved, in what words, and what was left.

No direction is called better: what a move means is for people to say (``Movement``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q

from quality_markers.assessments import queries, rules
from quality_markers.assessments.models import Answer, MarkerPlan, Pass, Reflection
from quality_markers.catalogue.mapping import matched
from quality_markers.catalogue.models import Marker, Question
from quality_markers.comparing.models import Movement
from reviews.permissions import Permission

OPEN_JUDGEMENTS = frozenset({Answer.Judgement.PARTLY, Answer.Judgement.NOT_IN_PLACE})


@dataclass(frozen=True)
class Side:
    """What one pass says to a question that it asks, in the wording of its own catalogue."""

    question: Question
    answer: Answer | None

    @cached_property
    def texts(self) -> dict[str, str]:
        """By field, as ``Answer.FIELDS``; the blank where nothing was written."""
        return rules.texts_of(Answer, self.answer)

    @property
    def judgement(self) -> str:
        return queries.words_of("judgement", self.texts["judgement"])

    @property
    def is_considered(self) -> bool:
        return self.texts["judgement"] != Answer.Judgement.NOT_CONSIDERED


@dataclass(frozen=True)
class Pair:
    """One question in both passes; a side is None where that pass does not ask it."""

    then: Side | None
    now: Side | None
    why: Movement | None = None

    @property
    def question(self) -> Question:
        """The later pass's wording, where it asks the question at all."""
        side = self.now or self.then
        assert side is not None
        return side.question

    @property
    def reference(self) -> str:
        return self.question.reference

    @property
    def reworded(self) -> bool:
        """The two catalogues ask it in different words."""
        return bool(self.then and self.now) and self.then.question.text != self.now.question.text  # type: ignore[union-attr]

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """Names of the fields that differ, in the order of ``Answer.FIELDS``; empty if none."""
        blank: Mapping[str, str] = rules.BLANK[Answer]
        then = self.then.texts if self.then else blank
        now = self.now.texts if self.now else blank
        return tuple(name for name in Answer.FIELDS if then[name] != now[name])

    @property
    def is_left(self) -> bool:
        """Partly or not in place in the earlier pass, and not considered in the later."""
        was_open = self.then is not None and self.then.texts["judgement"] in OPEN_JUDGEMENTS
        return was_open and not (self.now and self.now.is_considered)


@dataclass(frozen=True)
class Chapter:
    """A marker with its questions; ``marker`` is the later pass's wherever that has it."""

    marker: Marker
    pairs: list[Pair]
    in_earlier: bool
    in_later: bool
    then: Reflection | None = None
    now: Reflection | None = None

    @property
    def reflection_moved(self) -> bool:
        return (self.then.text if self.then else "") != (self.now.text if self.now else "")

    @property
    def is_shared(self) -> bool:
        """Both passes look at it. What one alone looks at has not moved: it was not looked at."""
        return self.in_earlier and self.in_later


@dataclass(frozen=True)
class Comparison:
    earlier: Pass
    later: Pass
    chapters: list[Chapter]
    # Why things moved overall: for those alone who read every marker.
    why: Movement | None
    # Planned in either pass, and never taken up.
    plans: list[MarkerPlan]

    @property
    def pairs(self) -> Iterator[Pair]:
        return (pair for chapter in self.chapters for pair in chapter.pairs)

    @property
    def left(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.is_left]

    @property
    def moved(self) -> "Comparison":
        """The same with nothing in it but what moved, or of which somebody said why."""
        chapters = [
            replace(
                chapter,
                pairs=[
                    pair for pair in chapter.pairs if pair.why or (pair.moved and chapter.is_shared)
                ],
            )
            for chapter in self.chapters
        ]
        return replace(
            self,
            chapters=[
                each
                for each in chapters
                if each.pairs or (each.is_shared and each.reflection_moved)
            ],
        )

    @property
    def unmoved(self) -> list[Marker]:
        """Looked at in both, and nothing said otherwise now than then."""
        shown = {chapter.marker.pk for chapter in self.moved.chapters}
        return [
            chapter.marker
            for chapter in self.chapters
            if chapter.is_shared and chapter.marker.pk not in shown
        ]

    @property
    def alone(self) -> list[tuple[Pass, list[Marker]]]:
        """Each pass with the markers that the other does not look at; none where there are none."""
        then = [each.marker for each in self.chapters if not each.in_later]
        now = [each.marker for each in self.chapters if not each.in_earlier]
        return [(one, found) for one, found in ((self.earlier, then), (self.later, now)) if found]


def comparison(earlier: Pass, later: Pass, user: Any) -> Comparison:
    """Of the markers that this person may read; of answers, reflections and words one query each.

    The passes are of one review, which both hold as the object that remembers the person's leave.
    """
    read = _Read(earlier, later, user)
    chapters = sorted(_chapters(read), key=lambda each: (each.marker.number, each.marker.pk))
    whole = user.has_perm(Permission.READ_MARKERS, later.review)
    return Comparison(
        earlier=earlier,
        later=later,
        chapters=chapters,
        why=read.words.get(None) if whole else None,
        plans=_never_taken_up(read, user),
    )


class _Read:
    """The rows of both passes, each kind fetched once."""

    def __init__(self, earlier: Pass, later: Pass, user: Any) -> None:
        self.earlier, self.later = earlier, later
        self.markers_then = _markers(user, earlier)
        self.markers_now = _markers(user, later)
        self.pks = self.markers_then.keys() | self.markers_now.keys()
        self.questions = _questions(self.markers_then | self.markers_now)
        both = [earlier.pk, later.pk]
        answers = Answer.objects.filter(assessment__in=both, question__marker__in=self.pks)
        self.answers = {
            (row.assessment_id, row.question_id): row for row in answers.select_related("by")
        }
        reflections = Reflection.objects.filter(assessment__in=both, marker__in=self.pks)
        self.reflections = {
            (row.assessment_id, row.marker_id): row for row in reflections.select_related("by")
        }
        rows = Movement.objects.filter(earlier=earlier, later=later).select_related("by")
        self.words = {row.question_id: row for row in rows}

    def side(self, assessment: Pass, question: Question) -> Side:
        return Side(question, self.answers.get((assessment.pk, question.pk)))


def _markers(user: Any, assessment: Pass) -> dict[int, Marker]:
    found = queries.markers_for(user, assessment, rules.READ)
    return {marker.pk: marker for marker in found.only("version_id", *queries.LIGHT)}


def _questions(markers: Mapping[int, Marker]) -> dict[int, Question]:
    found = {}
    for question in Question.objects.filter(marker__in=markers).order_by("marker", "number"):
        question.marker = markers[question.marker_id]
        found[question.pk] = question
    return found


def _chapters(read: _Read) -> Iterable[Chapter]:
    successor = _successors(read)
    pairs: dict[int, list[Pair]] = {pk: [] for pk in read.markers_now}
    met = set()
    for question in read.questions.values():
        if question.marker_id in read.markers_now:
            old = read.questions.get(successor.questions.get(question.pk, 0))
            met.add(old and old.pk)
            then = read.side(read.earlier, old) if old else None
            now = read.side(read.later, question)
            pairs[question.marker_id].append(Pair(then, now, read.words.get(question.pk)))
    for question in read.questions.values():
        if question.marker_id in read.markers_then and question.pk not in met:
            place = successor.markers[question.marker_id]
            then = read.side(read.earlier, question)
            pair = Pair(then, None, read.words.get(question.pk))
            pairs.setdefault(place, []).append(pair)
    return [_chapter(read, successor, pk, group) for pk, group in pairs.items()]


def _chapter(read: _Read, successor: "_Successors", pk: int, pairs: list[Pair]) -> Chapter:
    before = successor.before(pk)
    return Chapter(
        marker=read.markers_now.get(pk) or read.markers_then[pk],
        pairs=pairs,
        in_earlier=before is not None,
        in_later=pk in read.markers_now,
        then=read.reflections.get((read.earlier.pk, before)) if before else None,
        now=read.reflections.get((read.later.pk, pk)),
    )


@dataclass(frozen=True)
class _Successors:
    """``questions``: of the later pass to the earlier one's; ``markers``: earlier to later."""

    questions: dict[int, int]
    markers: dict[int, int]

    def before(self, place: int) -> int | None:
        return next((old for old, new in self.markers.items() if new == place), None)


def _successors(read: _Read) -> _Successors:
    """Which marker of the later pass goes on with which: the one that took most of its questions.

    Two markers joined into one: the first is gone on with, the second stands by itself.
    """
    questions: dict[int, int] = {}
    votes: dict[int, Counter[int]] = {pk: Counter() for pk in read.markers_then}
    for old, new in _matched(read).items():
        if old in read.questions and new in read.questions:
            was, became = read.questions[old].marker_id, read.questions[new].marker_id
            if was in read.markers_then and became in read.markers_now:
                questions.setdefault(new, old)
                votes[was][became] += 1
    markers: dict[int, int] = {}
    for old, counted in votes.items():
        free = (pk for pk, _count in counted.most_common() if pk not in markers.values())
        markers[old] = next(free, old)
    return _Successors(questions, markers)


def _matched(read: _Read) -> dict[int, int]:
    """Question of the earlier pass to that of the later."""
    if read.earlier.catalogue_id == read.later.catalogue_id:
        return {pk: pk for pk in read.questions}
    return matched(read.earlier.catalogue, read.later.catalogue)


def _never_taken_up(read: _Read, user: Any) -> list[MarkerPlan]:
    """Planned for a pass in which nothing of the marker was considered or reflected on."""
    plans = MarkerPlan.objects.filter(
        Q(assessment=read.earlier) | Q(assessment=read.later)
    ).select_related("marker", "lead", "assessment")
    looked_at = {
        (row.assessment_id, row.marker_id) for row in read.reflections.values() if row.text
    }
    looked_at |= {
        (row.assessment_id, read.questions[row.question_id].marker_id)
        for row in read.answers.values()
        if row.judgement != Answer.Judgement.NOT_CONSIDERED
    }
    return [
        plan
        for plan in plans.order_by("assessment__number", "marker__number")
        if (plan.assessment_id, plan.marker_id) not in looked_at
        and queries.may(user, read.later.review, rules.READ, plan.marker)
    ]
