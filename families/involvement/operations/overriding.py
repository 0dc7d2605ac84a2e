"""Going on with a contact although something stands against it: a reason, kept and told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.models import Contact
from families.involvement.rules import contacting
from families.people.models import Person
from reviews.case.queries import people_with
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def reason_for(
    contact: Contact, people: Sequence[Person], new: Mapping[str, Any], despite: str, by: Any
) -> dict[str, Any]:
    """``despite`` as it is to be kept, where something stands against the contact as it will be.

    A kept reason answers what stood when it was given, and nothing that came later: the same
    words sent once more are no answer to that. Raises Refused for what nobody may pass over, and
    where no reason is given.
    """
    found = contacting.against(
        people,
        on=new.get("on", contact.on),
        is_offer=new.get("is_offer", contact.is_offer),
        user=by,
        how=new.get("how", contact.how),
    )
    if absolute := [each.reason for each in found if each.absolute]:
        raise Refused(absolute)
    given, left = despite.strip(), contacting.unanswered(found, contact)
    if left and given in ("", contact.despite):
        missing = _(
            "If it has to be all the same, say why. The chair and the business unit see it."
        )
        raise Refused([*(each.reason for each in left), missing])
    if not left:
        return {"despite": given} if found and given not in ("", contact.despite) else {}
    keys = {*contact.despite_for, *(each.key for each in left)}
    both = "\n\n".join(filter(None, [contact.despite, given]))
    return {"despite": both, "despite_for": sorted(keys)}


def tell(contact: Contact, people: Iterable[Person], reason: dict[str, Any], by: Any) -> None:
    """The chair and the business unit hear at once that somebody goes on, and read why."""
    if not reason:
        return
    record(audit.Event.FAMILY_CONTACT_DESPITE, contact, people, by)
    review = contact.review
    told = people_with(review, Permission.SIGN) + people_with(review, Permission.EDIT)
    notify(
        to=[person for person in told if person.pk != by.pk],
        kind=Kind.FAMILY_DESPITE,
        key=f"family-despite:{contact.pk}:{contact.version}",
        link=reverse("families:contact", args=[review.pk, contact.pk]),
        review=review,
    )


def record(
    kind: audit.Event, contact: Contact, people: Iterable[Person], by: Any, **more: Any
) -> None:
    audit.record(
        kind=kind,
        by=by,
        target=contact,
        label=contacting.named(list(people)),
        changes={"on": on_screen(contact.on), "version": contact.version} | more,
    )
