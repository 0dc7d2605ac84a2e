"""My questions: what is assigned to a person, on every review, with how far it has come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from quality_markers.assessments.models import Answer, Assignment, Pass, QuestionReturn
from quality_markers.assessments.queries.working import assigned_to
from quality_markers.catalogue.models import Marker, Question
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.permissions import Permission

FILLING = (Pass.State.OPEN, Pass.State.RETURNED)


@dataclass(frozen=True)
class Task:
    """One question that is mine to look at."""

    question: Question
    considered: bool
    # Why the chair sent it back, as long as nothing has been changed in it since.
    came_back: str = ""

    @property
    def left(self) -> bool:
        return bool(self.came_back) or not self.considered

    @property
    def anchor(self) -> str:
        return f"q-{self.question.marker.number}-{self.question.number}"


@dataclass
class MyMarker:
    marker: Marker
    rows: list[Assignment]
    tasks: list[Task]
    # The whole marker is assigned: its reflection too.
    whole: bool
    # For whom one stands in; nobody where it is one's own as well.
    instead_of: list[Any]

    @property
    def left(self) -> list[Task]:
        return [task for task in self.tasks if task.left]

    @property
    def done(self) -> list[Task]:
        return [task for task in self.tasks if not task.left]

    @property
    def wanted_on(self) -> date | None:
        return min((row.wanted_on for row in self.rows if row.wanted_on), default=None)


@dataclass
class MyPass:
    assessment: Pass
    markers: list[MyMarker] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(len(each.left) for each in self.markers)

    @property
    def wanted_on(self) -> date | None:
        days = (each.wanted_on for each in self.markers if each.left)
        return min((day for day in days if day), default=None)

    @property
    def since(self) -> datetime:
        return min(row.at for each in self.markers for row in each.rows)


def mine(user: Any) -> list[MyPass]:
    """Four statements, whatever is assigned. What one may no longer fill in is not there."""
    rows = list(assignments_of(user))
    passes = {row.assessment_id for row in rows}
    asked = _questions(rows)
    saved = _saved(passes)
    came_back = _came_back(passes)
    found: dict[int, MyPass] = {}
    for (assessment, _number), group in _grouped(rows).items():
        tasks = [
            _task(question, saved.get((assessment.pk, question.pk)), came_back, assessment)
            for question in _of(group, asked)
        ]
        whole = any(row.question_id is None for row in group)
        mine = found.setdefault(assessment.pk, MyPass(assessment))
        people = {row.person for row in group}
        away = [] if user in people else sorted(people, key=str)
        mine.markers.append(MyMarker(group[0].marker, group, tasks, whole, away))
    return list(found.values())


def waiting_for(user: Any) -> QuerySet[Assignment]:
    """Open, of a pass that is being filled in, on a review that is not closed.

    Cheap enough for every page's header. Whether the person may still fill it in is not asked
    here; PostgreSQL leaves out reviews that are out of their reach.
    """
    open_ones = assigned_to(user).filter(assessment__state__in=FILLING)
    return open_ones.exclude(review__stage=Stage.CLOSED)


def assignments_of(user: Any) -> QuerySet[Assignment]:
    """What waits for the person and is still theirs to fill in."""
    whole = Review.objects.visible_to_any(
        user, Permission.ANSWER_MARKERS, Permission.ANSWER_ASSIGNED
    )
    family = Review.objects.visible_to(user, Permission.ANSWER_FAMILY_MARKERS)
    return (
        waiting_for(user)
        .filter(
            Q(review__in=whole) | Q(review__in=family, marker__is_family=True),
            assessment__in=Pass.objects.visible_to(user),
        )
        .select_related("assessment__review", "marker", "person")
        .order_by("review__reference", "assessment__number", "marker__number", "pk")
    )


def _grouped(rows: Iterable[Assignment]) -> dict[tuple[Pass, int], list[Assignment]]:
    groups: dict[tuple[Pass, int], list[Assignment]] = defaultdict(list)
    for row in rows:
        groups[row.assessment, row.marker.number].append(row)
    return groups


def _questions(rows: list[Assignment]) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = defaultdict(list)
    markers = {row.marker_id for row in rows}
    for question in Question.objects.filter(marker__in=markers).order_by("number"):
        found[question.marker_id].append(question)
    return found


def _of(group: list[Assignment], asked: dict[int, list[Question]]) -> list[Question]:
    marker = group[0].marker
    wanted = {row.question_id for row in group}
    questions = [
        question for question in asked[marker.pk] if None in wanted or question.pk in wanted
    ]
    for question in questions:
        question.marker = marker
    return questions


def _saved(passes: set[int]) -> dict[tuple[int, int], tuple[str, datetime]]:
    rows = Answer.objects.filter(assessment__in=passes)
    return {
        (assessment, question): (judgement, at)
        for assessment, question, judgement, at in rows.values_list(
            "assessment", "question", "judgement", "at"
        )
    }


def _came_back(passes: set[int]) -> dict[tuple[int, int], tuple[str, datetime]]:
    """The newest return of each question of a pass that has come back."""
    rows = QuestionReturn.objects.filter(
        submission__assessment__in=passes, submission__assessment__state=Pass.State.RETURNED
    )
    return {
        (assessment, question): (reason, at)
        for assessment, question, reason, at in rows.order_by("at", "pk").values_list(
            "submission__assessment", "question", "reason", "at"
        )
    }


def _task(
    question: Question,
    saved: tuple[str, datetime] | None,
    came_back: dict[tuple[int, int], tuple[str, datetime]],
    assessment: Pass,
) -> Task:
    judgement, at = saved or (Answer.Judgement.NOT_CONSIDERED, None)
    reason, since = came_back.get((assessment.pk, question.pk), ("", None))
    touched = at is not None and since is not None and at > since
    considered = judgement != Answer.Judgement.NOT_CONSIDERED
    return Task(question, considered, "" if touched else reason)
