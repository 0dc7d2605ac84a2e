"""The table of people and phases, and what one person's page shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from families.involvement.models import Consultation, Inclusion, Phase, Standing, Support
from families.involvement.phases import PhaseFact
from families.involvement.queries import deciding
from families.involvement.rules import deciding as rules
from families.involvement.rules import proceedings
from families.involvement.rules.support import STILL_OPEN
from families.people.models import Person
from reviews.case.models import Review
from scr_portal.core import clock
from scr_portal.core.contributions import collect


@dataclass(frozen=True)
class Row:
    """One person: what was decided, and what the record says of each phase."""

    person: Person
    inclusion: Inclusion | None
    phases: list[list[PhaseFact]]
    ask_officer: bool

    @property
    def needs_decision(self) -> bool:
        return rules.needs_decision(self.person)

    @property
    def is_due(self) -> bool:
        row, standings = self.inclusion, self.person.standings.all()
        return bool(row and rules.is_due(row, clock.today(), standings))

    @property
    def tag(self) -> tuple[str, str]:
        """Words and colour: what was not considered is visible."""
        if self.inclusion:
            colours = {Inclusion.Choice.INVITED: "green", Inclusion.Choice.LATER: "light-blue"}
            colour = colours.get(Inclusion.Choice(self.inclusion.choice), "grey")
            return self.inclusion.get_choice_display(), colour
        if self.needs_decision:
            return _("Not considered"), "yellow"
        return str(self.person.get_life_display()), "grey"


def rows(review: Review, user: Any) -> list[Row]:
    """Everybody on the register; the same statements for one person and for forty."""
    prefetched = [
        Prefetch("standings", Standing.objects.all()),
        Prefetch("consultations", Consultation.objects.defer("terms", "not_to_discuss")),
    ]
    people = list(review.family.prefetch_related(*prefetched))
    newest = deciding.newest(review)
    said = _by_person(collect("family_phases", review, user))
    return [
        Row(
            person,
            newest.get(person.pk),
            [said[person.pk, phase] for phase in Phase],
            not _leave(person).allowed,
        )
        for person in people
    ]


def _leave(person: Person) -> proceedings.Leave:
    return proceedings.contact_allowed(
        person.standings.all(), person.consultations.all(), clock.today()
    )


def _by_person(facts: Iterable[PhaseFact]) -> dict[tuple[int, str], list[PhaseFact]]:
    found: dict[tuple[int, str], list[PhaseFact]] = defaultdict(list)
    for fact in facts:
        found[fact.person_id, fact.phase].append(fact)
    return found


def to_arrange(review: Review) -> list[Support]:
    """What is wanted or agreed, and nobody has arranged yet."""
    found = review.supports.filter(state__in=STILL_OPEN).defer("detail")
    return list(found.select_related("person").order_by("person", "pk"))
