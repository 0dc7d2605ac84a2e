"""The sub-group meets, and recommends to the chair with whatever dissent there is (QM 2.4)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.clicks import key_of
from reviews.case.operations.record import Stale
from reviews.case.queries import people_with
from reviews.decisions.advice.models import Dissent, Meeting, Recommendation
from reviews.decisions.referrals.rules import labels
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

MEETING = ("held_on", "present", "absent", "considered")


@transaction.atomic
def record_meeting(
    *, review: Review, by: Any, held_on: date, present: str, absent: str, considered: str
) -> Meeting:
    """The same again, as by a double click, is the same meeting."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.RECOMMEND, review)
    _refuse_day(review, held_on)
    said = {"held_on": held_on, "present": present, "absent": absent, "considered": considered}
    if same := review.meetings.filter(by=by, **said).first():
        return same
    meeting = Meeting.objects.create(review=review, by=by, at=clock.now(), **said)
    audit.record(
        kind=audit.Event.MEETING_RECORDED,
        by=by,
        target=meeting,
        changes={"on": held_on.isoformat()},
    )
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, version: int, by: Any, **fields: Any) -> Meeting:
    """Raises Stale where ``version`` is not the present one."""
    review = Review.objects.locked(meeting.review_id)
    require(by, Permission.RECOMMEND, review)
    meeting = review.meetings.get(pk=meeting.pk)
    if meeting.version != version:
        raise Stale(meeting)
    _refuse_day(review, fields["held_on"])
    changed = [name for name in MEETING if getattr(meeting, name) != fields[name]]
    if not changed:
        return meeting
    for name in changed:
        setattr(meeting, name, fields[name])
    meeting.version += 1
    meeting.save()
    audit.record(
        kind=audit.Event.MEETING_CHANGED,
        by=by,
        target=meeting,
        changes={"on": meeting.held_on.isoformat(), "fields": labels(Meeting, changed)},
    )
    return meeting


def _refuse_day(review: Review, held_on: date) -> None:
    if held_on > clock.today():
        raise Refused(_("The day of a meeting that was held can't lie in the future."))
    if held_on < review.incident_on:
        raise Refused(
            _("The meeting can't lie before the incident, %(day)s.")
            % {"day": on_screen(review.incident_on)}
        )


@transaction.atomic
def recommend(
    *,
    review: Review,
    by: Any,
    token: str,
    outcome: str,
    nature: str,
    rationale: str,
    meeting: Meeting | None = None,
    dissents: Sequence[tuple[str, str]] = (),
) -> Recommendation:
    """Made once: a correction is the next number. ``dissents`` are pairs of who and what.

    One recommendation for one token, however often it comes.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.RECOMMEND, review)
    key = key_of(review, by, token)
    if made := review.recommendations.filter(token=key).first():
        return made
    if review.stage != Stage.CONSIDERING:
        raise Refused(_("A recommendation is made while the board considers the case."))
    made = Recommendation.objects.create(
        review=review,
        number=review.recommendations.count() + 1,
        meeting=review.meetings.get(pk=meeting.pk) if meeting else None,
        outcome=outcome,
        nature=nature,
        rationale=rationale,
        by=by,
        at=clock.now(),
        token=key,
    )
    for who, text in dissents:
        Dissent.objects.create(review=review, recommendation=made, who=who, text=text)
    audit.record(kind=audit.Event.RECOMMENDED, by=by, target=made, changes={"number": made.number})
    _tell(review, made, by)
    return made


def _tell(review: Review, made: Recommendation, by: Any) -> None:
    decide = [*people_with(review, Permission.SIGN), *people_with(review, Permission.EDIT)]
    notify(
        to=[person for person in decide if person.pk != by.pk],
        kind=Kind.RECOMMENDED,
        key=f"recommendation:{made.pk}",
        link=reverse("reviews:advice", args=[review.pk]),
        review=review,
    )
