from datetime import date
from typing import Any

from django.contrib.auth.models import Permission as Row
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reviews.case.models import Appointment, Recusal, Review, ReviewUserObjectPermission
from reviews.permissions import MATRIX, ON_BOARDS, Permission, Role
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Agency
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def _rows(permissions: frozenset[Permission]) -> list[Row]:
    wanted = [p.codename for p in permissions - ON_BOARDS]
    return list(Row.objects.filter(content_type__app_label="reviews", codename__in=wanted))


def _held(review: Review, user: Any, role: Role, starts: date) -> bool:
    """One that was ended today has lost its rows and stands in nobody's way."""
    same = review.appointments.filter(user=user, role=role)
    dated = same.filter(ends__gte=starts, grants__isnull=False)
    return same.filter(ends__isnull=True).exists() or dated.exists()


@transaction.atomic
def appoint(
    *,
    review: Review,
    user: Any,
    role: Role,
    by: Any,
    starts: date | None = None,
    ends: date | None = None,
    agency: Agency | None = None,
) -> Appointment:
    """Give a role on one review, with guardian's rows from the matrix.

    Raises Refused where the person is recused or holds the role already.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.APPOINT, review)
    if Recusal.objects.active().filter(review=review, user=user).exists():
        raise Refused(_("This person is recused from the review. End the recusal first."))
    if agency and agency.board_id != review.board_id:
        raise Refused(_("Choose an agency of this board."))
    if against := collect("appointable", review, user, role, by):
        raise Refused(against)
    starts = starts or clock.today()
    if ends and ends < starts:
        raise Refused(_("The appointment must end on or after the day it starts."))
    if _held(review, user, role, starts):
        raise Refused(_("This person already has that role on the review."))
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                review=review,
                user=user,
                role=role,
                agency=agency,
                starts=starts,
                ends=ends,
                by=by,
                at=clock.now(),
            )
    except IntegrityError:
        raise Refused(_("This person already has that role on the review.")) from None
    ReviewUserObjectPermission.objects.bulk_create(
        ReviewUserObjectPermission(
            user=user,
            permission=row,
            content_object=review,
            appointment=appointment,
            starts=starts,
            ends=ends,
            by=by,
        )
        for row in _rows(MATRIX[role])
    )
    audit.record(
        kind=audit.Event.APPOINTED,
        by=by,
        target=appointment,
        label=str(user),
        changes={"role": str(Role(role).label), "starts": str(starts), "ends": str(ends or "")},
    )
    # A role that starts later, or that opens no page of the review, brings no link that fails.
    notify(
        to=[user] if user.has_perm(Permission.VIEW, review) else [],
        kind=Kind.APPOINTED,
        key=f"appointment:{appointment.pk}",
        link=review.get_absolute_url(),
        review=review,
    )
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: Any) -> None:
    """Close the door from the next request on: the rows go, the appointment keeps its dates."""
    review = Review.objects.locked(appointment.review_id)
    require(by, Permission.APPOINT, review)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    today = clock.today()
    if not appointment.grants.exists() and appointment.ends and appointment.ends <= today:
        raise Refused(_("This appointment has ended already."))
    appointment.grants.all().delete()
    # The last day counts, so that a role which ends today keeps today in its record.
    appointment.ends = max(today, appointment.starts)
    appointment.save(update_fields=["ends"])
    audit.record(
        kind=audit.Event.APPOINTMENT_ENDED,
        by=by,
        target=appointment,
        label=str(appointment.user),
        changes={"role": str(appointment.get_role_display())},
    )


@transaction.atomic
def recuse(*, review: Review, user: Any, reason: str, by: Any) -> Recusal:
    """Raises Refused where the person is recused already."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.APPOINT, review)
    if Recusal.objects.active().filter(review=review, user=user).exists():
        raise Refused(_("This person is recused from the review already."))
    recusal = Recusal.objects.create(review=review, user=user, reason=reason, by=by, at=clock.now())
    audit.record(kind=audit.Event.RECUSED, by=by, target=recusal, label=str(user))
    return recusal


@transaction.atomic
def end_recusal(*, recusal: Recusal, by: Any) -> None:
    """Raises Refused where it has ended already."""
    review = Review.objects.locked(recusal.review_id)
    require(by, Permission.APPOINT, review)
    recusal = Recusal.objects.select_for_update().get(pk=recusal.pk)
    if recusal.ended_at:
        raise Refused(_("This recusal has ended already."))
    recusal.ended_at = clock.now()
    recusal.ended_by = by
    recusal.save(update_fields=["ended_at", "ended_by"])
    audit.record(kind=audit.Event.RECUSAL_ENDED, by=by, target=recusal, label=str(recusal.user))


@transaction.atomic
def grant(
    *, review: Review, user: Any, permission: Permission, reason: str, by: Any, ends: date | None
) -> ReviewUserObjectPermission:
    """Give one person one permission by name, with a reason and if possible an end."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.APPOINT, review)
    if permission in ON_BOARDS or not reason.strip():
        raise Refused(_("A permission given by name needs a reason."))
    if not by.has_perm(permission, review):
        raise Refused(_("You can give by name only what you may do yourself."))
    if ends and ends < clock.today():
        raise Refused(_("The leave must end today or later."))
    if Recusal.objects.active().filter(review=review, user=user).exists():
        raise Refused(_("This person is recused from the review. End the recusal first."))
    (row,) = _rows(frozenset({permission}))
    by_name = review.grants.active().by_name().filter(user=user, permission=row)
    if by_name.exists():
        raise Refused(_("This person has that leave already."))
    given = ReviewUserObjectPermission.objects.create(
        user=user,
        permission=row,
        content_object=review,
        starts=clock.today(),
        ends=ends,
        by=by,
        reason=reason,
    )
    audit.record(
        kind=audit.Event.GRANTED,
        by=by,
        target=given,
        review=review,
        label=str(user),
        changes={"permission": str(permission.label)},
    )
    return given


@transaction.atomic
def end_grant(*, given: ReviewUserObjectPermission, by: Any) -> None:
    """Raises Refused where it has ended already."""
    review = Review.objects.locked(given.content_object_id)
    require(by, Permission.APPOINT, review)
    if not review.grants.by_name().filter(pk=given.pk).exists():
        raise Refused(_("This leave has ended already."))
    permission = Permission(f"reviews.{given.permission.codename}")
    audit.record(
        kind=audit.Event.GRANT_ENDED,
        by=by,
        target=given,
        review=review,
        label=str(given.user),
        changes={"permission": str(permission.label)},
    )
    given.delete()
