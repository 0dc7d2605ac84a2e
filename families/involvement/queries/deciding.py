"""The newest decision of each person, and what is still to be decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from families.involvement.models import GroupNote, Inclusion, Standing
from families.involvement.queries.waivers import waived
from families.involvement.rules import deciding as rules
from families.people.models import Person
from reviews.case.models import Review


def newest(review: Review) -> dict[int, Inclusion]:
    """By person; one statement."""
    rows = Inclusion.objects.filter(review=review).select_related("look_again_after")
    return {
        row.person_id: row for row in rows.order_by("person_id", "-at", "-pk").distinct("person_id")
    }


def invited(review: Review) -> list[int]:
    """People whose newest decision is to invite them."""
    chosen = newest(review)
    return [pk for pk, row in chosen.items() if row.choice == Inclusion.Choice.INVITED]


def ledger(person: Person) -> QuerySet[Inclusion]:
    """Every decision on one person with what was said against it, newest first."""
    rows = person.inclusions.select_related("by", "look_again_after")
    return rows.prefetch_related("disagreements__by")


def due(reviews: Any, on: date) -> QuerySet[Inclusion]:
    """Decisions to look at again: the day has come, or what they waited for is over."""
    newer = Inclusion.objects.filter(person=OuterRef("person")).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    has_come = Q(look_again_on__lte=on) | Q(look_again_after__ended_on__lte=on) | _over(on)
    rows = Inclusion.objects.filter(has_come, review__in=reviews).exclude(Exists(newer))
    rows = rows.select_related("person", "review", "look_again_after")
    return rows.prefetch_related("person__standings")


def _over(on: date) -> Q:
    """The person's own part in the proceedings has ended, as ``rules.over_on`` has it."""
    goes_on = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    own = Standing.objects.filter(person=OuterRef("person"))
    of_kind = own.filter(kind=OuterRef("look_again_kind"))
    since = own.filter(ended_on__gte=OuterRef("decided_on"))
    named = ~Q(look_again_kind="") & Exists(of_kind) & ~Exists(of_kind.filter(goes_on))
    any_of_them = Q(look_again_kind="", why=Inclusion.Why.PROCEEDINGS)
    return named | any_of_them & Exists(since) & ~Exists(own.filter(goes_on))


def notes(review: Review) -> dict[str, GroupNote]:
    """The newest note of each group."""
    rows = GroupNote.objects.filter(review=review).select_related("by")
    return {row.group: row for row in rows.order_by("group", "-at", "-pk").distinct("group")}


@dataclass(frozen=True)
class Gap:
    """A group of which nobody is on the record, with what was said of that."""

    group: GroupNote.Group
    note: GroupNote | None


def gaps(review: Review, people: list[Person]) -> list[Gap]:
    said = notes(review)
    return [Gap(group, said.get(group)) for group in rules.absent_groups(people)]


@dataclass(frozen=True)
class Undecided:
    """What stands against calling the question "who takes part" decided (QM 12.2, 12.8)."""

    people: list[Person]
    groups: list[GroupNote.Group]

    def __bool__(self) -> bool:
        return bool(self.people or self.groups)


def undecided(review: Review) -> Undecided:
    excused = waived(review, "deciding")
    if None in excused:
        return Undecided([], [])
    people, decided = list(review.family.all()), newest(review)
    left = [
        person
        for person in people
        if rules.needs_decision(person) and person.pk not in decided and person.pk not in excused
    ]
    return Undecided(left, [gap.group for gap in gaps(review, people) if gap.note is None])
