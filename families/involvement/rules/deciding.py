"""Who needs a decision on taking part, what a decision must say, and when it is looked at again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from families.involvement.models import GroupNote, Inclusion, Standing
from families.involvement.rules import proceedings
from families.people.models import SIBLINGS, Life, Person, Relationship
from scr_portal.core.dates import add_months, on_screen

Choice = Inclusion.Choice
# Easily overlooked, so they are looked at in every review (Ofsted 2009).
GROUPS = {
    GroupNote.Group.GRANDPARENTS: frozenset({Relationship.GRANDPARENT}),
    GroupNote.Group.CHILDREN: SIBLINGS,
}


def needs_decision(person: Person) -> bool:
    return person.life not in {Life.DIED, Life.UNBORN}


def absent_groups(people: Iterable[Person]) -> list[GroupNote.Group]:
    """Groups of which nobody is on the record."""
    there = {person.relationship for person in people}
    return [group for group, relationships in GROUPS.items() if not relationships & there]


def in_three_months(on: date) -> date:
    return add_months(on, 3)


def problems(said: dict[str, Any], *, today: date, incident_on: date) -> list[str]:
    """What is missing from a decision, in sentences (QM 12.2, 12.8)."""
    found = []
    if said["choice"] not in Choice.values:
        found.append(_("Choose one of the decisions in the list."))
    elif said["choice"] != Choice.INVITED and said["why"] not in Inclusion.Why.values:
        found.append(_("Choose the kind of reason why they do not take part."))
    if not said["reason"].strip():
        found.append(_("Give the reason in your own words. One is needed either way."))
    if not said["decided_by"].strip():
        found.append(_("Say who decided."))
    if not incident_on <= said["decided_on"] <= today:
        words = _("The day of the decision must lie between the incident, %(day)s, and today.")
        found.append(words % {"day": on_screen(incident_on)})
    return found + _problems_of_looking_again(said)


def _problems_of_looking_again(said: dict[str, Any]) -> list[str]:
    on, process = said["look_again_on"], said["look_again_after"]
    if on and on <= said["decided_on"]:
        return [_("The day to look at it again must come after the decision.")]
    if process and process.ended_on:
        return [_("That process has ended, so the decision can be looked at now.")]
    if said["choice"] == Choice.LATER and not (on or process or said.get("look_again_kind")):
        return [_("“Not yet” needs a time: say when it is looked at again.")]
    return []


def is_due(inclusion: Inclusion, on: date, standings: Iterable[Standing] = ()) -> bool:
    """The newest decision of a person, with their parts in proceedings, is to be looked at again.

    ``queries.deciding.due`` says the same in SQL.
    """
    process, day = inclusion.look_again_after, inclusion.look_again_on
    if (day and day <= on) or (process and process.ended_on and process.ended_on <= on):
        return True
    return over_on(inclusion, standings, on) is not None


def over_on(inclusion: Inclusion, standings: Iterable[Standing], on: date) -> date | None:
    """When the proceedings ended that it waited for: those it names, else all of them."""
    own = list(standings)
    if not own:
        return None
    named = inclusion.look_again_kind
    if not named and inclusion.why != Inclusion.Why.PROCEEDINGS:
        return None
    own = [row for row in own if not named or row.kind == named]
    if any(proceedings.is_open(row, on) for row in own):
        return None
    ended = [row.ended_on for row in own if row.ended_on]
    return max((day for day in ended if named or day >= inclusion.decided_on), default=None)


def open_kinds(standings: Iterable[Standing]) -> list[str]:
    """Kinds of proceedings in which a person still has a part."""
    return sorted({row.kind for row in standings if row.ended_on is None})
