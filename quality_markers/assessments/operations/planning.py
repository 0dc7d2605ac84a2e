"""The plan of a pass: which marker is looked at when, who leads it and which roles join.

The markers are meant for more than one use and moment of a review: a progressive pass takes single
ones up as the review reaches them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quality_markers.assessments import queries, rules
from quality_markers.assessments.models import MarkerPlan, Pass
from quality_markers.assessments.operations import assigning
from quality_markers.assessments.operations.passes import locked, require_editable
from quality_markers.catalogue.models import Marker
from reviews.case.operations.changing import change
from reviews.case.operations.record import Stale
from reviews.case.queries import appointed, people_with
from reviews.permissions import BOARD_ROLES, Permission, Role, roles_with
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

EMPTY = gettext_lazy("Say when it is looked at, who leads or who joins.")
BLANK: dict[str, Any] = {"stage": "", "on": None, "lead": None, "joins": [], "note": ""}


@transaction.atomic
def plan_marker(
    *, assessment: Pass, marker: Marker, version: int, by: Any, **planned: Any
) -> MarkerPlan:
    """``planned``: stage, on, lead, joins, note; ``version`` is 0 where there was no plan yet.

    Raises Stale, and Refused where the marker or its lead does not belong here.
    """
    assessment = _to_plan(assessment, by)
    row = assessment.plan.filter(marker=marker).select_related("marker", "lead").first()
    if row is not None and not version and _says(row, planned):
        return row  # the second of two clicks
    if row is not None and not version:
        raise Stale(row)
    if row is None and not any(planned.values()):
        raise Refused(EMPTY)
    return _put(assessment, marker, row, version, planned, by)


@transaction.atomic
def plan_several(
    *, assessment: Pass, markers: Iterable[Marker], by: Any, **planned: Any
) -> list[MarkerPlan]:
    """The same for each of them. What is left empty stays as it was planned before."""
    assessment = _to_plan(assessment, by)
    given = {name: value for name, value in planned.items() if value}
    markers = list(markers)
    if not markers:
        raise Refused(_("Choose at least one marker."))
    if not given:
        raise Refused(EMPTY)
    rows = {row.marker_id: row for row in assessment.plan.select_related("marker", "lead")}
    return [
        _put(assessment, each, row, row.version if row else 0, given, by)
        for each in markers
        for row in [rows.get(each.pk)]
    ]


def _to_plan(assessment: Pass, by: Any) -> Pass:
    assessment = locked(assessment)
    require(by, Permission.ANSWER_MARKERS, assessment.review)
    require_editable(assessment)
    return assessment


def _says(row: MarkerPlan, planned: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in planned.items())


def _put(
    assessment: Pass,
    marker: Marker,
    row: MarkerPlan | None,
    version: int,
    planned: dict[str, Any],
    by: Any,
) -> MarkerPlan:
    is_part = _is_part(assessment, marker)
    _check(assessment, marker, planned.get("lead"))
    before = row.lead if row else None
    if row is None:
        row = MarkerPlan.objects.create(
            review=assessment.review,
            assessment=assessment,
            marker=marker,
            by=by,
            taken_up_at=assessment.opened_at if is_part else None,
            **BLANK | planned,
        )
        named = ", ".join(_name(name) for name, value in planned.items() if value)
    else:
        named = change(row, version, planned)
    if named:
        audit.record(kind=audit.Event.PASS_PLANNED, by=by, target=row, changes={"fields": named})
    if is_part:
        _give_to_lead(row, before, by)
    return row


def _name(field: str) -> str:
    return str(MarkerPlan._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _is_part(assessment: Pass, marker: Marker) -> bool:
    """Raises Refused for a marker that can never be part of this pass."""
    if assessment.markers.filter(pk=marker.pk).exists():
        return True
    if marker.version_id != assessment.catalogue_id:
        raise Refused(_("This marker is not part of the catalogue of the self-assessment."))
    if assessment.purpose != Pass.Purpose.PROGRESSIVE:
        raise Refused(_("This marker is not part of the self-assessment."))
    return False


def _check(assessment: Pass, marker: Marker, lead: Any) -> None:
    if lead is not None and not queries.fills_in(lead, assessment.review, marker):
        raise Refused(
            _("%(person)s can't fill in marker %(number)s on this review.")
            % {"person": lead, "number": marker.number}
        )


def _give_to_lead(row: MarkerPlan, before: Any, by: Any) -> None:
    """Whoever leads a marker has it among their questions, as long as they lead it."""
    if before == row.lead and before is not None:
        return
    if before is not None:
        held = row.assessment.assignments.filter(
            marker=row.marker, question=None, person=before, ended_at=None
        )
        for each in held.select_related("marker", "person"):
            assigning.end(each, by)
    if row.lead is not None:
        assigning.give(row.assessment, row.lead, [(row.marker, None)], by, row.on)


@transaction.atomic
def unplan(*, assessment: Pass, marker: Marker, by: Any) -> None:
    """Out of the plan again, if it was not taken up. A second click does nothing."""
    assessment = _to_plan(assessment, by)
    row = assessment.plan.filter(marker=marker).first()
    if row is None:
        return
    if row.taken_up_at:
        raise Refused(_("The marker is part of the self-assessment. Change its plan instead."))
    audit.record(kind=audit.Event.PASS_UNPLANNED, by=by, target=row)
    row.delete()


@transaction.atomic
def take_up(*, assessment: Pass, marker: Marker, by: Any) -> Pass:
    """The review has come to this marker: it is part of the pass from now on.

    A second click does nothing. Who leads it has it assigned, and who joins is told.
    """
    assessment = _to_plan(assessment, by)
    if assessment.purpose != Pass.Purpose.PROGRESSIVE:
        raise Refused(_("Only a progressive self-assessment takes up markers one by one."))
    if _is_part(assessment, marker):
        return assessment
    assessment.markers.add(marker)
    row, _new = MarkerPlan.objects.get_or_create(
        assessment=assessment,
        marker=marker,
        defaults={"review": assessment.review, "board": assessment.review.board, "by": by},
    )
    row.taken_up_at = clock.now()
    row.save(update_fields=["taken_up_at"])
    audit.record(kind=audit.Event.PASS_TAKEN_UP, by=by, target=row)
    if row.lead is not None and queries.fills_in(row.lead, assessment.review, marker):
        _give_to_lead(row, None, by)
    _tell(row, by)
    return assessment


def _tell(row: MarkerPlan, by: Any) -> None:
    notify(
        to=[person for person in who_join(row) if person.pk not in {by.pk, row.lead_id}],
        kind=Kind.PASS_TAKEN_UP,
        key=f"taken-up:{row.pk}",
        link=row.assessment.get_absolute_url(),
        review=row.review,
    )


def who_join(row: MarkerPlan) -> list[Any]:
    """People of the roles that join, as far as they may read it; liaison of the family's."""
    review, roles = row.review, {Role(role) for role in row.joins}
    if row.marker.is_family:
        roles.add(Role.LIAISON)
    found = {person.pk: person for person in appointed(review, *(roles - BOARD_ROLES))}
    if of_board := roles & BOARD_ROLES:
        readers = people_with(review, Permission.READ_MARKERS)
        held = review.board.roles.active().filter(role__in=of_board).values_list("user", flat=True)
        found |= {person.pk: person for person in readers if person.pk in set(held)}
    return [
        person for person in found.values() if queries.may(person, review, rules.READ, row.marker)
    ]


def may_join() -> list[Role]:
    """Roles that can read what is written: the whole, or the family's markers."""
    readers = roles_with(Permission.READ_MARKERS) | roles_with(Permission.READ_FAMILY_MARKERS)
    return [role for role in Role if role in readers]
