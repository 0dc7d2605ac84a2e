"""Which family members wait for somebody to get in touch, to keep a word or to answer."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from families.involvement.models import (
    Answer,
    Contact,
    ContactPerson,
    FamilyQuestion,
    Inclusion,
    Influence,
    Promise,
    Refusal,
)
from families.people.models import Life, Person

SILENT_AFTER = timedelta(days=28)
OFFERED_AGAIN_AFTER = timedelta(weeks=6)
ANSWERED_WITHIN = timedelta(days=14)
SOON = timedelta(days=7)
# A contact planned so near breaks the silence by itself.
NEAR = timedelta(days=14)

YES = (Answer.ACCEPTED, Answer.TOOK_PART)
OPEN = Q(kept_on__isnull=True, given_up_on__isnull=True)


def _refused() -> Exists:
    rows = Refusal.objects.filter(person=OuterRef("pk"), ended_on__isnull=True)
    return Exists(rows)


def _planned(today: date, **more: Any) -> Exists:
    rows = ContactPerson.objects.filter(
        person=OuterRef("pk"),
        contact__state=Contact.State.PLANNED,
        contact__on__gte=today,
        **more,
    )
    return Exists(rows)


def silent(reviews: Any, today: date) -> QuerySet[Person]:
    """Invited people whom nobody has reached for four weeks, with ``last`` and ``invited_on``.

    Who said no is left in peace, and a contact planned for the next days is an answer to it.
    """
    newest = Inclusion.objects.filter(person=OuterRef("pk")).order_by("-at", "-pk")
    reached = set(Answer.values) - {Answer.NO_ANSWER.value}
    made = Q(with_contacts__contact__state=Contact.State.MADE, with_contacts__answer__in=reached)
    return (
        Person.objects.filter(review__in=reviews)
        .exclude(life__in=[Life.DIED, Life.UNBORN])
        .annotate(
            choice=Subquery(newest.values("choice")[:1]),
            invited_on=Subquery(newest.values("decided_on")[:1]),
            last=Max("with_contacts__contact__on", filter=made),
        )
        .filter(choice=Inclusion.Choice.INVITED)
        .filter(Q(last__lte=today - SILENT_AFTER) | Q(last__isnull=True))
        .filter(Q(invited_on__lte=today - SILENT_AFTER) | Q(last__isnull=False))
        .exclude(_refused())
        .exclude(_planned(today, contact__on__lte=today + NEAR))
        .select_related("review")
        .order_by("pk")
    )


def to_offer_again(reviews: Any, today: date) -> list[ContactPerson]:
    """The last offer to each person, where it brought no yes and it is time for the next one.

    None where they said no, where one is planned, or where it was decided not to invite them.
    """
    newest = Inclusion.objects.filter(person=OuterRef("pk")).order_by("-at", "-pk")
    agreed = ContactPerson.objects.filter(
        person=OuterRef("pk"), contact__state=Contact.State.MADE, answer__in=YES
    )
    people = (
        Person.objects.filter(review__in=reviews)
        .exclude(life__in=[Life.DIED, Life.UNBORN])
        .annotate(choice=Subquery(newest.values("choice")[:1]))
        .filter(Q(choice=Inclusion.Choice.INVITED) | Q(choice__isnull=True))
        .exclude(_refused())
        .exclude(_planned(today))
        .exclude(Exists(agreed))
    )
    rows = ContactPerson.objects.filter(
        contact__is_offer=True, contact__state=Contact.State.MADE, person__in=people
    ).select_related("contact", "person", "review")
    last = rows.order_by("person_id", "-contact__on", "-contact_id").distinct("person_id")
    return [row for row in last if next_offer(row.contact.on) <= today + SOON]


def next_offer(on: date) -> date:
    return on + OFFERED_AGAIN_AFTER


def planned_by(reviews: Any, until: date) -> QuerySet[Contact]:
    rows = Contact.objects.filter(review__in=reviews, state=Contact.State.PLANNED, on__lte=until)
    return rows.select_related("review").prefetch_related("with_people__person").order_by("on")


def promised_by(reviews: Any, until: date) -> QuerySet[Promise]:
    rows = Promise.objects.filter(OPEN, review__in=reviews, due_on__lte=until)
    return rows.select_related("person", "review")


def unanswered(reviews: Any) -> QuerySet[FamilyQuestion]:
    rows = FamilyQuestion.objects.filter(
        review__in=reviews,
        direction=FamilyQuestion.Direction.THEIRS,
        answered_on__isnull=True,
    )
    return rows.select_related("person", "review")


def unsettled(reviews: Any) -> QuerySet[Influence]:
    """What was asked of the terms and not weighed, or weighed and not told back."""
    rows = Influence.objects.filter(review__in=reviews, told_on__isnull=True)
    return rows.select_related("person", "review")
