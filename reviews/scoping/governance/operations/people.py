"""Who answers for what."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.scoping.governance.models import Responsibility
from reviews.scoping.governance.operations import locked
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_responsibility(
    *, review: Review, duty: str, user: Any, name: str, note: str, by: Any
) -> Responsibility:
    """By account or by name. Raises Refused for neither, and for who is named for it already."""
    review = locked(review.pk, by)
    name = user.name if user else name.strip()
    if not name:
        raise Refused(_("Choose a person or write a name."))
    if review.responsibilitys.filter(duty=duty, name__iexact=name).exists():
        raise Refused(_("%(who)s is named for that already.") % {"who": name})
    made = Responsibility.objects.create(
        review=review, duty=duty, user=user, name=name, note=note, by=by, at=clock.now()
    )
    _record(audit.Event.RESPONSIBILITY_ADDED, by, made)
    return made


@transaction.atomic
def remove_responsibility(*, review: Review, pk: int, by: Any) -> None:
    """What is gone already, as after a double click, is left at that."""
    review = locked(review.pk, by)
    if found := review.responsibilitys.filter(pk=pk).first():
        _record(audit.Event.RESPONSIBILITY_REMOVED, by, found)
        found.delete()


def _record(kind: audit.Event, by: Any, row: Responsibility) -> None:
    changes = {"duty": str(row.get_duty_display())}
    audit.record(kind=kind, by=by, target=row, label=row.name, changes=changes)
