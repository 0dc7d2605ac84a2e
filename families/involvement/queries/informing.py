"""Whether the family knows of the review (QM 4.1)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from families.involvement.models import Answer, Contact, ContactPerson, Phase
from families.involvement.queries import deciding
from families.involvement.queries.waivers import waived
from families.people.models import Person
from reviews.case.models import Review


def told(review: Review) -> dict[int, date]:
    """Since when each person knows. Who did not answer the telephone was told nothing."""
    rows = ContactPerson.objects.filter(
        review=review, contact__state=Contact.State.MADE, contact__phase=Phase.INFORMING
    ).exclude(answer=Answer.NO_ANSWER)
    first = rows.order_by().values("person").annotate(first=Min("contact__on"))
    return dict(first.values_list("person", "first"))


def informed_on(review: Review) -> date | None:
    """The day by which everybody invited knew; where nobody is invited, when the first one did."""
    since, invited = told(review), deciding.invited(review)
    if not invited:
        return min(since.values(), default=None)
    return max(since[pk] for pk in invited) if set(invited) <= since.keys() else None


@dataclass(frozen=True)
class Untold:
    people: list[Person]
    nobody: bool  # nobody is invited, and nobody was told

    def __bool__(self) -> bool:
        return bool(self.people) or self.nobody


def untold(review: Review) -> Untold:
    """Who is invited and has not been told, but for what the chair waives."""
    excused = waived(review, "informing")
    if None in excused:
        return Untold([], nobody=False)
    since, invited = told(review), deciding.invited(review)
    left = set(invited) - since.keys() - excused
    people = list(review.family.filter(pk__in=left)) if left else []
    return Untold(people, nobody=not invited and not since and not excused)
