"""The log of contacts, and what whoever gets in touch must know of somebody first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from families.involvement.models import (
    Consultation,
    Contact,
    Phase,
    Promise,
    Refusal,
    Safety,
    Support,
)
from families.people.models import Person
from reviews.case.models import Review

PER_PAGE = 25
ARRANGED = (Support.State.AGREED, Support.State.ARRANGED)


@dataclass(frozen=True)
class Wanted:
    """What a reader asked of the log; anything unknown in the address counts as not said."""

    person: int | None = None
    phase: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Wanted":
        person = query.get("person", "")
        phase, state = query.get("phase", ""), query.get("state", "")
        return cls(
            person=int(person) if person.isdecimal() and len(person) < 10 else None,
            phase=phase if phase in Phase.values else "",
            state=state if state in Contact.State.values else "",
        )

    def __bool__(self) -> bool:
        return bool(self.person or self.phase or self.state)


def contacts(review: Review, wanted: Wanted) -> QuerySet[Contact]:
    """The newest first."""
    rows = review.contacts.select_related("by").prefetch_related("with_people__person")
    if wanted.person:
        rows = rows.filter(pk__in=_of_person(review, wanted.person))
    if wanted.phase:
        rows = rows.filter(phase=wanted.phase)
    return rows.filter(state=wanted.state) if wanted.state else rows


def _of_person(review: Review, person: int) -> QuerySet[Any]:
    through = Contact.people.through.objects.filter(review=review, person=person)
    return through.values("contact")


def planned(review: Review, wanted: Wanted) -> QuerySet[Contact]:
    """The next one first."""
    return contacts(review, wanted).filter(state=Contact.State.PLANNED).order_by("on", "pk")


def done(review: Review, wanted: Wanted) -> QuerySet[Contact]:
    return contacts(review, wanted).exclude(state=Contact.State.PLANNED)


def promises(review: Review, wanted: Wanted) -> QuerySet[Promise]:
    """Those that wait first, by their day."""
    rows = review.promises.select_related("person")
    rows = rows.filter(person=wanted.person) if wanted.person else rows
    return rows.order_by("kept_on", "given_up_on", "due_on", "pk")


def refusals(review: Review) -> QuerySet[Refusal]:
    return review.refusals.filter(ended_on__isnull=True).select_related("person")


@dataclass
class Care:
    """What is to be heeded with one person, for whoever gets in touch; never why."""

    person: Person
    never: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.never or self.lines)


def care_for(people: Sequence[Person]) -> list[Care]:
    """Three statements for all of them."""
    safe = {row.person_id: row for row in Safety.objects.filter(person__in=people)}
    asked = Consultation.objects.filter(person__in=people).order_by(
        "person_id", "-consulted_on", "-pk"
    )
    officers = {row.person_id: row for row in asked.distinct("person_id")}
    supports = defaultdict(list)
    for row in Support.objects.filter(person__in=people).filter(Q(state__in=ARRANGED)):
        supports[row.person_id].append(row)
    return [
        _care(person, safe.get(person.pk), officers.get(person.pk), supports[person.pk])
        for person in people
    ]


def _care(
    person: Person, safety: Safety | None, officer: Consultation | None, supports: list[Support]
) -> Care:
    care = Care(person)
    if safety and safety.no_letters:
        care.never.append(_("Never write letters."))
    elif safety and safety.letters_do_not_suit:
        care.never.append(_("Letters do not suit this person."))
    said = [
        (_("Safe ways to reach them"), safety and safety.safe_channels),
        (_("Safe times"), safety and safety.safe_times),
        (_("Must not be told"), safety and safety.not_told),
        (_("May not be discussed"), officer and officer.not_to_discuss),
        (_("Language"), person.language),
        (_("Support agreed"), ", ".join(_support(row) for row in supports)),
    ]
    care.lines = [(label, str(text)) for label, text in said if text]
    return care


def _support(row: Support) -> str:
    said = ", ".join(filter(None, [row.language, row.provider]))
    kind = str(row.get_kind_display())
    return f"{kind} ({said})" if said else kind


def interpreter_for(people: Sequence[Person]) -> str:
    """Whoever has been agreed on already, to begin the form with."""
    rows = Support.objects.filter(
        person__in=people, kind=Support.Kind.INTERPRETER, state__in=ARRANGED
    )
    found = [", ".join(filter(None, [row.language, row.provider])) for row in rows]
    return "; ".join(dict.fromkeys(filter(None, found)))[:200]
