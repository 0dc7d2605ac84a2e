"""What is planned, what is assigned to whom, and what somebody may therefore fill in."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from quality_markers.assessments import rules
from quality_markers.assessments.models import Assignment, Delegation, MarkerPlan, Pass
from quality_markers.assessments.queries.reading import markers_for, may
from quality_markers.catalogue.models import Marker, Question
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.permissions import Permission, Role
from scr_portal.core import clock


def stand_ins_today() -> QuerySet[Delegation]:
    today = clock.today()
    return Delegation.objects.filter(begins__lte=today, ends__gte=today, ended_at__isnull=True)


def assigned_to(user: Any) -> QuerySet[Assignment]:
    """What is open of this person's, and of those for whom they stand in on that review today."""
    away = stand_ins_today().filter(
        deputy=user, person=OuterRef("person"), review=OuterRef("review")
    )
    return Assignment.objects.filter(Q(person=user) | Exists(away), ended_at__isnull=True)


@dataclass(frozen=True)
class Leave:
    """What of one pass somebody may fill in: all, the family's markers, or what is assigned."""

    everything: bool = False
    family: bool = False
    markers: Collection[int] = ()
    questions: Collection[int] = ()

    def marker(self, marker: Marker) -> bool:
        """The whole of it, its reflection too."""
        return self.everything or (self.family and marker.is_family) or marker.pk in self.markers

    def question(self, question: Question) -> bool:
        return self.marker(question.marker) or question.pk in self.questions

    def part_of(self, marker: Marker) -> bool:
        """The whole of it, or a question at least."""
        return self.marker(marker) or any(
            question.pk in self.questions for question in marker.questions.all()
        )


def leave_of(user: Any, assessment: Pass) -> Leave:
    """One statement, and none for whoever may fill in everything."""
    review = assessment.review
    everything, family = rules.ANSWER
    if user.has_perm(everything, review):
        return Leave(everything=True)
    given = {"family": user.has_perm(family, review)}
    if not user.has_perm(Permission.ANSWER_ASSIGNED, review):
        return Leave(**given)
    rows = list(
        assigned_to(user).filter(assessment=assessment).values_list("marker_id", "question_id")
    )
    return Leave(
        **given,
        markers={marker for marker, question in rows if question is None},
        questions={question for _marker, question in rows if question},
    )


def fills_in(user: Any, review: Review, marker: Marker) -> bool:
    """Whether this person could do what is assigned to them."""
    return may(user, review, rules.READ, marker) and (
        may(user, review, rules.ANSWER, marker) or user.has_perm(Permission.ANSWER_ASSIGNED, review)
    )


def who_fill_in(review: Review, marker: Marker | None = None) -> list[Any]:
    """Everybody to whom this marker, or at least the family's, can be assigned today.

    As ``fills_in`` has it of one person, in as many statements for any number of people.
    """
    of_pair = slice(None if marker is None or marker.is_family else 1)
    readers = set(people_with(review, *rules.READ[of_pair]))
    writers = people_with(review, *rules.ANSWER[of_pair], Permission.ANSWER_ASSIGNED)
    found = [person for person in writers if person in readers]
    return sorted(found, key=lambda person: (str(person), person.pk))


@dataclass(frozen=True)
class Planned:
    """One marker on the page of the plan; ``row`` is None where nothing is planned."""

    marker: Marker
    row: MarkerPlan | None
    assignments: list[Assignment]
    is_part: bool

    @property
    def joins(self) -> list[str]:
        return [str(Role(role).label) for role in self.row.joins] if self.row else []

    @property
    def is_due(self) -> bool:
        """Planned, not taken up, and the review has come that far."""
        return bool(self.row) and not self.is_part and reached(self.row)  # type: ignore[arg-type]


def reached(row: MarkerPlan) -> bool:
    """The day has come, or the stage; a plan without either waits for nothing."""
    order = Stage.values
    by_stage = row.stage and order.index(row.review.stage) >= order.index(row.stage)
    return bool(by_stage or (row.on and row.on <= clock.today()) or not (row.stage or row.on))


def plan_of(assessment: Pass, user: Any) -> list[Planned]:
    """Every marker of the pass, and those planned for later; four statements."""
    part = list(markers_for(user, assessment, rules.READ))
    rows = assessment.plan.select_related("marker", "lead")
    planned = {row.marker_id: row for row in rows}
    later = [row.marker for row in rows if row.marker not in part]
    whole = user.has_perm(Permission.READ_MARKERS, assessment.review)
    if assessment.purpose == Pass.Purpose.PROGRESSIVE and assessment.is_editable:
        later = [marker for marker in assessment.catalogue.markers.all() if marker not in part]
    held: dict[int, list[Assignment]] = defaultdict(list)
    open_rows = assessment.assignments.filter(ended_at__isnull=True)
    for each in open_rows.select_related("person", "question__marker").order_by("pk"):
        held[each.marker_id].append(each)
    for row in planned.values():
        row.review = assessment.review
    shown = [*part, *(marker for marker in later if whole or marker.is_family)]
    return [
        Planned(marker, planned.get(marker.pk), held[marker.pk], marker in part)
        for marker in sorted(shown, key=lambda marker: marker.number)
    ]
