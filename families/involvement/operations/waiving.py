"""The chair lets a review move on although something is not done with the family."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Waiver
from families.people.models import Person
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def waive(
    *, review: Review, about: str, reason: str, by: Any, person: Person | None = None
) -> Waiver:
    """For one person, or for everybody. Raises Refused without a reason, and where it is waived."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.SIGN, review)
    if about not in Waiver.About.values:
        raise Refused(_("Choose one of the things that may be waived."))
    if not reason.strip():
        raise Refused(_("Say why the review may move on without it."))
    if Waiver.objects.filter(
        review=review, about=about, person=person, ended_at__isnull=True
    ).exists():
        raise Refused(_("This is waived already."))
    made = Waiver.objects.create(
        review=review, about=about, person=person, reason=reason, by=by, at=clock.now()
    )
    audit.record(
        kind=audit.Event.FAMILY_WAIVED,
        by=by,
        target=made,
        label=_whose(made),
        changes={"about": str(made.get_about_display())},
    )
    return made


@transaction.atomic
def end_waiver(*, waiver: Waiver, by: Any) -> None:
    """Raises Refused where it has ended already."""
    review = Review.objects.locked(waiver.review_id)
    require(by, Permission.SIGN, review)
    row = review.waivers.select_related("person").get(pk=waiver.pk)
    if row.ended_at:
        raise Refused(_("This has ended already."))
    row.ended_at, row.ended_by = clock.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        kind=audit.Event.FAMILY_WAIVER_ENDED,
        by=by,
        target=row,
        label=_whose(row),
        changes={"about": str(row.get_about_display())},
    )


def _whose(waiver: Waiver) -> str:
    return str(waiver.person) if waiver.person else _("everybody")
