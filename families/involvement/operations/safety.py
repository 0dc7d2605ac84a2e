"""Instructions for everybody, reasons for few, and pairs that are kept apart (QM 12, obstacles)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Apart, Safety, SafetyReason
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def keep_safety(*, person: Person, version: int, by: Any, **fields: Any) -> Safety:
    """``version`` is 1 where nothing was written yet. Raises Stale."""
    review = Review.objects.locked(person.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    row, _made = Safety.objects.get_or_create(person=person, defaults={"review": review})
    if changed := change(row, version, fields):
        audit.record(
            kind=audit.Event.FAMILY_SAFETY_CHANGED,
            by=by,
            target=row,
            label=str(person),
            changes={"fields": changed},
        )
    return row


@transaction.atomic
def keep_reason(*, person: Person, version: int, by: Any, **fields: Any) -> SafetyReason:
    """Only for those who may see why; its event is for them alone, too. Raises Stale."""
    review = Review.objects.locked(person.review_id)
    require(by, Permission.SEE_SAFETY, review)
    row, _made = SafetyReason.objects.get_or_create(person=person, defaults={"review": review})
    if change(row, version, fields):
        audit.record(
            kind=audit.Event.FAMILY_SAFETY_REASON_CHANGED, by=by, target=row, label=str(person)
        )
    return row


@transaction.atomic
def keep_apart(*, review: Review, one: Person, other: Person, reason: str, by: Any) -> Apart:
    """Raises Refused without two people or a reason, and for a pair that is kept already."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.SEE_SAFETY, review)
    first, second = sorted([one, other], key=lambda person: person.pk)
    if first.pk == second.pk:
        raise Refused(_("Choose two people."))
    if not reason.strip():
        raise Refused(_("Say why they are kept apart."))
    if open_pairs(review).filter(one=first, other=second).exists():
        raise Refused(_("These two are kept apart already."))
    made = Apart.objects.create(
        review=review, one=first, other=second, reason=reason, by=by, at=clock.now()
    )
    audit.record(kind=audit.Event.FAMILY_APART_SET, by=by, target=made)
    return made


@transaction.atomic
def end_apart(*, apart: Apart, by: Any) -> None:
    review = Review.objects.locked(apart.review_id)
    require(by, Permission.SEE_SAFETY, review)
    row = open_pairs(review).filter(pk=apart.pk).first()
    if row is None:
        raise Refused(_("This has ended already."))
    row.ended_at, row.ended_by = clock.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(kind=audit.Event.FAMILY_APART_ENDED, by=by, target=row)


def open_pairs(review: Review) -> Any:
    return review.aparts.filter(ended_at__isnull=True).select_related("one", "other")
