"""Markers and questions are given to people, and somebody stands in while one of them is away."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import queries, rules
from quality_markers.assessments.models import Assignment, Delegation, Pass
from quality_markers.assessments.operations.passes import locked, require_editable, require_open
from quality_markers.catalogue.models import Marker, Question
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

Place = tuple[Marker, Question | None]


@transaction.atomic
def assign(
    *,
    assessment: Pass,
    person: Any,
    by: Any,
    markers: Iterable[Marker] = (),
    questions: Iterable[Question] = (),
    wanted_on: date | None = None,
) -> list[Assignment]:
    """What is new of it. What this person has already keeps, and takes the new day.

    Raises Refused for a marker that is not part of the pass or that the person may not read.
    """
    assessment = locked(assessment)
    require(by, Permission.ANSWER_MARKERS, assessment.review)
    require_editable(assessment)
    places: list[Place] = [(marker, None) for marker in markers]
    places += [(question.marker, question) for question in questions]
    if not places:
        raise Refused(_("Choose at least one marker or question."))
    if wanted_on and wanted_on < clock.today():
        raise Refused(_("The day by which it is wanted must be today or later."))
    return give(assessment, person, places, by, wanted_on)


def give(
    assessment: Pass, person: Any, places: list[Place], by: Any, wanted_on: date | None = None
) -> list[Assignment]:
    """In the transaction of a caller who holds the pass."""
    _refuse_what_is_not_theirs(assessment, person, places)
    held = {
        (row.marker_id, row.question_id): row
        for row in assessment.assignments.filter(person=person, ended_at__isnull=True)
    }
    new = []
    for marker, question in places:
        row = held.get((marker.pk, question.pk if question else None))
        if row is not None:
            _want_on(row, wanted_on)
        elif not question or (marker.pk, None) not in held:
            new.append(_give_one(assessment, person, marker, question, wanted_on, by))
            held[marker.pk, question.pk if question else None] = new[-1]
    _tell(new, person, by)
    return new


def _refuse_what_is_not_theirs(assessment: Pass, person: Any, places: list[Place]) -> None:
    part = set(assessment.markers.values_list("pk", flat=True))
    for marker, _question in places:
        if marker.pk not in part:
            raise Refused(_("This marker is not part of the self-assessment."))
        if not queries.fills_in(person, assessment.review, marker):
            raise Refused(
                _("%(person)s can't fill in marker %(number)s on this review.")
                % {"person": person, "number": marker.number}
            )


def _want_on(row: Assignment, wanted_on: date | None) -> None:
    if wanted_on and row.wanted_on != wanted_on:
        row.wanted_on = wanted_on
        row.save(update_fields=["wanted_on"])


def _give_one(
    assessment: Pass,
    person: Any,
    marker: Marker,
    question: Question | None,
    wanted_on: date | None,
    by: Any,
) -> Assignment:
    row = Assignment.objects.create(
        review=assessment.review,
        assessment=assessment,
        marker=marker,
        question=question,
        person=person,
        wanted_on=wanted_on,
        by=by,
    )
    audit.record(kind=audit.Event.PASS_ASSIGNED, by=by, target=row, changes={"person": str(person)})
    return row


def _tell(new: list[Assignment], person: Any, by: Any) -> None:
    if new and person.pk != by.pk:
        notify(
            to=[person],
            kind=Kind.PASS_ASSIGNED,
            key=f"assigned:{new[0].pk}",
            link=new[0].assessment.get_absolute_url(),
            review=new[0].review,
        )


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: Any) -> None:
    """By whoever assigns, or handed back by the person whose it is. A second click does nothing."""
    assessment = locked(assignment.assessment)
    row = Assignment.objects.select_related("marker", "question__marker", "person").get(
        pk=assignment.pk
    )
    if row.person_id != by.pk:
        require(by, Permission.ANSWER_MARKERS, assessment.review)
    require_open(assessment.review)
    if row.ended_at is None:
        end(row, by)


def end(row: Assignment, by: Any) -> None:
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    audit.record(
        kind=audit.Event.PASS_ASSIGNMENT_ENDED,
        by=by,
        target=row,
        changes={"person": str(row.person)},
    )


@transaction.atomic
def name_stand_in(
    *, review: Review, person: Any, deputy: Any, begins: date, ends: date, by: Any
) -> Delegation:
    """Who fills in what is assigned to a person from a day to a day. Twice the same is once."""
    review = Review.objects.locked(review.pk)
    _may_name(review, person, by)
    require_open(review)
    _check_stand_in(review, person, deputy, begins, ends)
    given = {"person": person, "deputy": deputy, "begins": begins, "ends": ends}
    row, is_new = Delegation.objects.get_or_create(
        review=review, ended_at=None, **given, defaults={"board": review.board, "by": by}
    )
    if is_new:
        audit.record(
            kind=audit.Event.STAND_IN_NAMED,
            by=by,
            target=row,
            label=_days(row),
            changes={"person": str(person), "deputy": str(deputy)},
        )
        _tell_deputy(row, by)
    return row


def _may_name(review: Review, person: Any, by: Any) -> None:
    """For oneself whoever fills in; for others whoever assigns."""
    wanted = rules.FILL_IN if person.pk == by.pk else (Permission.ANSWER_MARKERS,)
    if not any(by.has_perm(permission, review) for permission in wanted):
        raise PermissionDenied


def _check_stand_in(review: Review, person: Any, deputy: Any, begins: date, ends: date) -> None:
    if deputy.pk == person.pk:
        raise Refused(_("Choose somebody else to stand in."))
    if ends < begins:
        raise Refused(_("The last day must be on or after the first."))
    if ends < clock.today():
        raise Refused(_("The last day must be today or later."))
    known = {each.pk for each in queries.who_fill_in(review)}
    for each in (person, deputy):
        if each.pk not in known:
            raise Refused(
                _("%(person)s can't fill in self-assessments on this review.") % {"person": each}
            )


def _days(row: Delegation) -> str:
    return f"{row.begins.isoformat()} – {row.ends.isoformat()}"


def _tell_deputy(row: Delegation, by: Any) -> None:
    notify(
        to=[each for each in (row.person, row.deputy) if each.pk != by.pk],
        kind=Kind.STANDING_IN,
        key=f"standing-in:{row.pk}",
        link=reverse("quality_markers:my_questions"),
        review=row.review,
    )


@transaction.atomic
def end_stand_in(*, delegation: Delegation, by: Any) -> None:
    review = Review.objects.locked(delegation.review_id)
    row = Delegation.objects.select_related("person", "deputy").get(pk=delegation.pk)
    if by.pk != row.deputy_id:
        _may_name(review, row.person, by)
    require_open(review)
    if row.ended_at is not None:
        return
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    audit.record(
        kind=audit.Event.STAND_IN_ENDED,
        by=by,
        target=row,
        review=review,
        label=_days(row),
        changes={"person": str(row.person), "deputy": str(row.deputy)},
    )
