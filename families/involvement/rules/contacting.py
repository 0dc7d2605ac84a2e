"""What stands against getting in touch with people of a family (QM 12, obstacles).

Pure but for ``known``, which reads in six statements however many people there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from families.involvement.models import (
    Apart,
    Consultation,
    Contact,
    How,
    Inclusion,
    Refusal,
    Safety,
    Standing,
)
from families.involvement.rules import proceedings
from families.people.models import Life, Person
from reviews.permissions import Permission
from scr_portal.core.dates import on_screen
from scr_portal.core.forms import lower_first
from scr_portal.core.reasons import Reason

WRITTEN = frozenset({How.LETTER, How.EMAIL})
Keyed = tuple[str, Reason]
OUT_OF_REACH = frozenset({Life.DIED, Life.UNBORN})


@dataclass(frozen=True)
class Obstacle:
    """``absolute``: no reason in the world lets it go on; all others yield to one that is kept."""

    reason: Reason
    absolute: bool = False
    key: str = ""  # the rows it rests on: another row is another obstacle


@dataclass(frozen=True)
class Known:
    """What is on the record of some people, by their keys."""

    apart: frozenset[tuple[int, int]] = frozenset()
    never_written_to: frozenset[int] = frozenset()
    standings: list[Standing] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)
    decided: dict[int, Inclusion] = field(default_factory=dict)


def against(
    people: Sequence[Person], *, on: date, is_offer: bool, user: Any, how: str = ""
) -> list[Obstacle]:
    """What stands against one contact with all of them, in words for this user."""
    return obstacles(people, known(people), on=on, is_offer=is_offer, user=user, how=how)


def known(people: Iterable[Person]) -> Known:
    pks = [person.pk for person in people]
    apart = Apart.objects.filter(one__in=pks, other__in=pks, ended_at__isnull=True)
    decided = Inclusion.objects.filter(person__in=pks).distinct("person_id")
    refused = Refusal.objects.filter(person__in=pks, ended_on__isnull=True)
    never = Safety.objects.filter(person__in=pks, no_letters=True)
    return Known(
        apart=frozenset(apart.values_list("one", "other")),
        never_written_to=frozenset(never.values_list("person", flat=True)),
        standings=list(Standing.objects.filter(person__in=pks)),
        consultations=list(Consultation.objects.filter(person__in=pks)),
        refused={row.person_id: row for row in refused},
        decided={row.person_id: row for row in decided.order_by("person_id", "-at", "-pk")},
    )


def obstacles(
    people: Sequence[Person], record: Known, *, on: date, is_offer: bool, user: Any, how: str = ""
) -> list[Obstacle]:
    """What nobody may pass over comes first."""
    found = [
        Obstacle(_kept_apart(one, other, user), absolute=True)
        for one, other in combinations(sorted(people, key=lambda person: person.pk), 2)
        if (one.pk, other.pk) in record.apart
    ]
    for person in people:
        reasons = [
            _of_proceedings(person, record, on),
            _of_a_refusal(person, record, on),
            _of_the_decision(person, record) if is_offer else None,
            _of_writing(person, record, how),
        ]
        found += [Obstacle(each[1], key=each[0]) for each in reasons if each]
    return found


def unanswered(found: Iterable[Obstacle], contact: Contact) -> list[Obstacle]:
    """Those that the kept reason does not answer: it was given for what stood then."""
    return [each for each in found if each.absolute or each.key not in contact.despite_for]


def within_reach(person: Person, *, made_on: date | None) -> bool:
    """Whoever has died since may have been spoken to while they lived."""
    lived = made_on and (person.died_on is None or made_on <= person.died_on)
    return person.life not in OUT_OF_REACH or bool(person.life == Life.DIED and lived)


def _page(person: Person) -> str:
    return reverse("families:involved", args=[person.review_id, person.pk])


def _kept_apart(one: Person, other: Person, user: Any) -> Reason:
    """Who may not know why is not told which rule it is either."""
    said = {"one": one.pseudonym, "other": other.pseudonym}
    if user.has_perm(Permission.SEE_SAFETY, one.review):
        words = _("%(one)s and %(other)s are to be kept apart: plan a contact with each of them.")
        return Reason(words % said, _page(one), _("See how they are kept safe"))
    words = _(
        "%(one)s and %(other)s can’t be put into one contact. Ask the lead reviewer or the family "
        "liaison."
    )
    return Reason(words % said)


def _of_proceedings(person: Person, record: Known, on: date) -> Keyed | None:
    standings = [row for row in record.standings if row.person_id == person.pk]
    asked = [row for row in record.consultations if row.person_id == person.pk]
    leave = proceedings.contact_allowed(standings, asked, on)
    if leave.allowed:
        return None
    held = proceedings.newest(asked, on)
    guarded = sorted(row.pk for row in standings if proceedings.is_guarded([row], on))
    key = f"proceedings:{held.pk if held else 0}:{guarded}"
    said = {"person": person.pseudonym, "why": lower_first(leave.words)}
    words = _("%(person)s: %(why)s.")
    url = f"{_page(person)}#proceedings"
    return key, Reason(words % said, url, _("See the proceedings"))


def _of_a_refusal(person: Person, record: Known, on: date) -> Keyed | None:
    said_no = record.refused.get(person.pk)
    if said_no is None or said_no.not_asked_from > on:
        return None
    words = _("%(person)s said no on %(day)s. Nobody asks again without a reason.")
    said = {"person": person.pseudonym, "day": on_screen(said_no.said_on)}
    return f"refusal:{said_no.pk}", Reason(words % said)


def _of_the_decision(person: Person, record: Known) -> Keyed | None:
    """Why they are not invited stands on the page of that decision, and nowhere else."""
    decided = record.decided.get(person.pk)
    if decided is None or decided.choice == Inclusion.Choice.INVITED:
        return None
    words = _("It was decided on %(day)s not to invite %(person)s.")
    if decided.choice == Inclusion.Choice.LATER:
        words = _("It was decided on %(day)s not to invite %(person)s yet.")
    said = {"person": person.pseudonym, "day": on_screen(decided.decided_on)}
    return f"decision:{decided.pk}", Reason(words % said, _page(person), _("See the decision"))


def _of_writing(person: Person, record: Known, how: str) -> Keyed | None:
    if how not in WRITTEN or person.pk not in record.never_written_to:
        return None
    words = _("%(person)s is never to be written to. Choose another way to reach them.")
    return f"writing:{person.pk}", Reason(words % {"person": person.pseudonym})


def named(people: Sequence[Person]) -> str:
    """Mother, Father and Maternal grandmother."""
    names = [person.pseudonym for person in people]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
