from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from families.people.models import Life, Person, Relationship
from reviews.case.models import Child
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

# What the record and the register both hold: changed in the record, copied here.
SHARED = (
    "pseudonym",
    "real_name",
    "date_of_birth",
    "sex",
    "ethnicity",
    "language",
    "religion",
    "disability",
)


@transaction.atomic
def child_changed(*, child: Child, by: Any) -> None:
    """Keep the child's entry in the register in step; the record says in the history what changed.

    Raises Refused where somebody else of the family is called the same.
    """
    person = Person.objects.filter(child=child).first() or Person(
        review=child.review,
        child=child,
        relationship=Relationship.SUBJECT,
        created_by=by,
        created_at=clock.now(),
    )
    now = {name: getattr(child, name) for name in SHARED}
    if child.harm == Child.Harm.DIED:
        now["life"] = Life.DIED
    if person.pk and all(getattr(person, name) == value for name, value in now.items()):
        return
    for name, value in now.items():
        setattr(person, name, value)
    person.version += bool(person.pk)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refused(
            _("Somebody in the family register has that pseudonym. Change theirs first.")
        ) from None
