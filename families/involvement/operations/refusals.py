"""To say no is theirs: from a day on nobody asks without a reason, until they change their mind."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from families.involvement.models import Contact, Refusal
from families.people.models import Person
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def refuse(
    *, person: Person, said_on: date, not_asked_from: date, words: str = "", by: Any
) -> Refusal:
    """Offers planned to nobody else are called off. Raises Refused where one stands already."""
    review = Review.objects.locked(person.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    person = review.family.get(pk=person.pk)
    if Refusal.objects.filter(person=person, ended_on__isnull=True).exists():
        raise Refused(
            _("It is on the record already that %(person)s said no.") % {"person": person}
        )
    if said_on > clock.today():
        raise Refused(_("The day on which they said no can’t lie in the future."))
    if not_asked_from < said_on:
        raise Refused(_("Nobody asks again from the day on which they said no, at the earliest."))
    made = Refusal.objects.create(
        review=review,
        person=person,
        said_on=said_on,
        not_asked_from=not_asked_from,
        words=words,
        by=by,
        at=clock.now(),
    )
    audit.record(kind=audit.Event.FAMILY_REFUSED, by=by, target=made, label=person.pseudonym)
    _call_off(review, person, not_asked_from, by)
    return made


def _call_off(review: Review, person: Person, since: date, by: Any) -> None:
    planned = review.contacts.filter(state=Contact.State.PLANNED, is_offer=True, on__gte=since)
    alone = planned.annotate(number=Count("with_people")).filter(number=1)
    for contact in alone.filter(pk__in=person.contacts.values("pk")):
        contact.state = Contact.State.CALLED_OFF
        contact.version += 1
        contact.save(update_fields=["state", "version"])
        audit.record(
            kind=audit.Event.FAMILY_CONTACT_CALLED_OFF,
            by=by,
            target=contact,
            label=person.pseudonym,
            changes={"version": contact.version},
        )


@transaction.atomic
def end(*, refusal: Refusal, ended_on: date, by: Any) -> Refusal:
    """They have changed their mind. Raises Refused where it has ended, and for a wrong day."""
    review = Review.objects.locked(refusal.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    refusal = Refusal.objects.select_related("person").get(pk=refusal.pk)
    if refusal.ended_on:
        raise Refused(_("It is on the record already that they changed their mind."))
    if not refusal.said_on <= ended_on <= clock.today():
        raise Refused(
            _("They changed their mind on or after the day they said no, and today at the latest.")
        )
    refusal.ended_on, refusal.ended_by = ended_on, by
    refusal.save(update_fields=["ended_on", "ended_by"])
    label = refusal.person.pseudonym
    audit.record(kind=audit.Event.FAMILY_REFUSAL_ENDED, by=by, target=refusal, label=label)
    return refusal


def reopen(*, person: Person, ended_on: date, by: Any) -> None:
    """The yes that ended it on that day was a mistake of the record: the no stands again.

    Within the transaction of whoever puts that contact right.
    """
    rows = Refusal.objects.filter(person=person)
    ended = rows.filter(ended_on=ended_on).order_by("-pk").first()
    if ended is None or rows.filter(ended_on__isnull=True).exists():
        return
    ended.ended_on = ended.ended_by = None
    ended.save(update_fields=["ended_on", "ended_by"])
    audit.record(kind=audit.Event.FAMILY_REFUSED, by=by, target=ended, label=person.pseudonym)


def bring_forward(*, refusal: Refusal, said_on: date, not_asked_from: date, by: Any) -> None:
    """Another no beside one that stands: they are left in peace from the earlier of the two days.

    Within the transaction of whoever records that contact.
    """
    if not_asked_from >= refusal.not_asked_from:
        return
    refusal.not_asked_from = not_asked_from
    refusal.said_on = min(refusal.said_on, said_on)
    refusal.save(update_fields=["not_asked_from", "said_on"])
    label = refusal.person.pseudonym
    audit.record(kind=audit.Event.FAMILY_REFUSED, by=by, target=refusal, label=label)
    _call_off(refusal.review, refusal.person, not_asked_from, by)
