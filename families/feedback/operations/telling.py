"""What people were told of the learning: lines that stand, one for each person and matter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.feedback import rules
from families.feedback.models import Told
from families.involvement.rules import contacting
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason, Refused


@transaction.atomic
def tell(
    *,
    review: Review,
    people: Mapping[Person, str],
    about: Iterable[str],
    on: date,
    how: str,
    told_by: str,
    text: str,
    by: Any,
    token: str,
) -> list[Told]:
    """People who were told together on one occasion, each with what they said to it.

    One set of lines for one token, however often it comes. Raises Refused without a person or a
    matter, for somebody who can't be told anything, for people who are kept apart, and for a day
    that can't be.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_FAMILY, review)
    matters = list(about)
    if reasons := _against(review, list(people), matters, on, by):
        raise Refused(reasons)
    said = {"on": on, "how": how, "told_by": told_by, "text": text}
    return [
        _line(review, person, matter, response, by, token, said)
        for person, response in people.items()
        for matter in matters
    ]


def _against(
    review: Review, people: Sequence[Person], matters: list[str], on: date, by: Any
) -> list[Reason | str]:
    reasons: list[Reason | str] = []
    if not people:
        reasons.append(_("Choose who was told."))
    for person in people:
        if person.review_id != review.pk or not rules.can_be_told(person):
            reasons.append(_("%(person)s can't be told anything.") % {"person": person})
    met = contacting.against(people, on=on, is_offer=False, user=by)
    # That two people are kept apart no reason passes over; all else concerns contacts to come.
    reasons += [each.reason for each in met if each.absolute]
    if not matters or set(matters) - set(Told.About.values):
        reasons.append(_("Choose what they were told of."))
    if on > clock.today():
        reasons.append(_("The day on which they were told can't lie in the future."))
    if on < review.incident_on:
        day = on_screen(review.incident_on)
        reasons.append(_("Nobody was told before the incident, %(day)s.") % {"day": day})
    return reasons


def _line(
    review: Review,
    person: Person,
    matter: str,
    response: str,
    by: Any,
    token: str,
    said: dict[str, Any],
) -> Told:
    key = key_of(review, by, token, person.pk, matter)
    if made := Told.objects.filter(token=key).first():
        return made
    made = Told.objects.create(
        review=review,
        person=person,
        about=matter,
        response=response,
        by=by,
        at=clock.now(),
        token=key,
        **said,
    )
    audit.record(
        kind=audit.Event.FAMILY_TOLD_AFTERWARDS,
        by=by,
        target=made,
        label=str(person),
        changes={"about": str(made.get_about_display()), "on": said["on"].isoformat()},
    )
    return made
