from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from families.people.models import Person
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_person(*, review: Review, by: Any, **fields: Any) -> Person:
    """Raises Refused where somebody else of the review has the pseudonym already."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_FAMILY, review)
    person = Person(review=review, created_by=by, created_at=clock.now(), **fields)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refused(_("Somebody else on this review has that pseudonym.")) from None
    audit.record(kind=audit.Event.PERSON_ADDED, by=by, target=person)
    return person
