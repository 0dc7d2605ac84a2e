"""What can't be so between two people, each with a sentence that says how to put it right.

People enter what they know, in any order: only what contradicts itself is refused, never what is
unusual. Pure: facts come in, sentences go out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from families.people.ages import Born
from families.people.models import PARENT_KINDS, RelationKind
from scr_portal.core.dates import add_months

YOUNGEST_PARENT = 10  # years
K = RelationKind
BY_LAW_OR_BIRTH = frozenset({K.BIRTH_PARENT, K.ADOPTIVE_PARENT})
OLDER = frozenset({K.ADOPTIVE_PARENT, K.FOSTER_CARER, K.GUARDIAN})
SIBLING_KINDS = frozenset({K.SIBLING, K.HALF_SIBLING, K.STEP_SIBLING, K.ADOPTIVE_SIBLING})
LASTING = frozenset({K.BIRTH_PARENT, K.SIBLING, K.HALF_SIBLING})


@dataclass(frozen=True)
class Somebody:
    name: str
    born: Born | None = None
    is_unborn: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Tie:
    """``one`` and ``other`` are keys of people; of parents, ``one`` is the parent."""

    kind: str
    one: int
    other: int

    @property
    def pair(self) -> frozenset[int]:
        return frozenset({self.one, self.other})


People = Mapping[int, Somebody]
Check = Callable[[Tie, list[Tie], People], Iterator[str]]


def against(new: Tie, others: Iterable[Tie], people: People) -> list[str]:
    """What stands against recording ``new`` beside the ``others``; empty where nothing does."""
    if new.one == new.other:
        return [_("Choose two different people: nobody is related to themselves.")]
    known = list(others)
    for check in CHECKS:
        if found := list(check(new, known, people)):
            return found  # what comes after would speak of what this one has refused
    return []


def too_young(tie: Tie, people: People) -> str:
    """Of parents alone, and only where no day of birth that fits is possible."""
    one, other = people[tie.one], people[tie.other]
    if not one.born or not other.born:
        return ""
    said = {"one": one, "other": other, "years": YOUNGEST_PARENT}
    if tie.kind == K.BIRTH_PARENT and one.born[0] > add_months(
        other.born[1], -12 * YOUNGEST_PARENT
    ):
        return (
            _(
                "%(one)s would have been under %(years)s years old when %(other)s was born. Check "
                "both dates of birth or ages, and which of the two is the parent."
            )
            % said
        )
    if tie.kind in OLDER and one.born[0] >= other.born[1]:
        return (
            _(
                "%(one)s is younger than %(other)s. Check both ages, and which of "
                "the two cares for the other."
            )
            % said
        )
    return ""


def born_of_unborn(today: date) -> Born:
    return today, today + timedelta(days=300)


def _words(tie: Tie, people: People) -> str:
    kind = str(K(tie.kind).label)
    return f"{people[tie.one]}: {kind[:1].lower()}{kind[1:]} {people[tie.other]}"


def _twice(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    both_ways = new.kind not in PARENT_KINDS
    for tie in known:
        same = (tie.one, tie.other) == (new.one, new.other)
        if tie.kind == new.kind and (same or (both_ways and tie.pair == new.pair)):
            yield _("This is on the record already (%(tie)s). Change that entry.") % {
                "tie": _words(tie, people)
            }


def _contradicts(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    """Two kinds between the same two people of which one alone can be true."""
    for tie in known:
        if tie.pair == new.pair and _exclude(new.kind, tie.kind):
            yield _(
                "The record says “%(tie)s” already, and both can't be true. Change or remove that "
                "entry first."
            ) % {"tie": _words(tie, people)}


def _exclude(one: str, other: str) -> bool:
    kinds = {one, other}
    if len(kinds) == 1:
        return False
    by_birth_and_care = K.BIRTH_PARENT in kinds and kinds <= PARENT_KINDS
    sibling_and_parent = bool(kinds & SIBLING_KINDS) and bool(kinds & BY_LAW_OR_BIRTH)
    return by_birth_and_care or sibling_and_parent or kinds <= SIBLING_KINDS


def _unborn(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    pair = (new.one,) if new.kind in PARENT_KINDS else (new.one, new.other)
    if new.kind in PARENT_KINDS or new.kind == K.PARTNER:
        for key in pair:
            if people[key].is_unborn:
                yield _(
                    "%(who)s is not born yet, and so nobody's parent, carer or partner. Swap the "
                    "two people, or choose another relation."
                ) % {"who": people[key]}


def _age(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    if words := too_young(new, people):
        yield words


def _third_birth_parent(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    if new.kind != K.BIRTH_PARENT:
        return
    there = [tie.one for tie in known if tie.kind == new.kind and tie.other == new.other]
    if len(set(there)) >= 2:
        yield _(
            "%(who)s has two birth parents already: %(one)s and %(other)s. Remove the one that is "
            "wrong, or choose adoptive parent, step-parent or carer."
        ) % {"who": people[new.other], "one": people[there[0]], "other": people[there[1]]}


def way_up(start: int, goal: int, ties: Iterable[Tie], kinds: frozenset[str]) -> list[int]:
    """From somebody to an ancestor, both included; empty where they are none."""
    above: dict[int, list[int]] = {}
    for tie in ties:
        if tie.kind in kinds:
            above.setdefault(tie.other, []).append(tie.one)
    came, waiting = {start: start}, [start]
    while waiting:
        here = waiting.pop()
        for parent in above.get(here, []):
            if parent not in came:
                came[parent] = here
                waiting.append(parent)
    if goal not in came or goal == start:
        return []
    way = [goal]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def _cycle(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    if new.kind not in PARENT_KINDS:
        return
    if way := way_up(new.one, new.other, known, PARENT_KINDS):
        yield _(
            "%(other)s is recorded above %(one)s already (%(way)s), and can't stand below them as "
            "well. Swap the two people, or remove the entry that is wrong."
        ) % {
            "one": people[new.one],
            "other": people[new.other],
            "way": " → ".join(people[key].name for key in way),
        }


def _partner(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    """Of their own child, whichever of the two entries comes second."""
    if new.kind in BY_LAW_OR_BIRTH:
        pairs = [(tie.one, tie.other) for tie in known if tie.kind == K.PARTNER]
    else:
        pairs = [(new.one, new.other)] if new.kind == K.PARTNER else []
    ties = [*known, new]
    for one, other in pairs:
        if way_up(one, other, ties, BY_LAW_OR_BIRTH) or way_up(other, one, ties, BY_LAW_OR_BIRTH):
            yield _(
                "%(one)s and %(other)s are recorded as parent and child, so they can't be partners "
                "too. Check both entries; what else is true of them can be said as “otherwise "
                "close to”, in your own words."
            ) % {"one": people[one], "other": people[other]}


def _siblings(new: Tie, known: list[Tie], people: People) -> Iterator[str]:
    """Brothers and sisters against their recorded birth parents, whichever came first."""
    ties = [*known, new]
    parents: dict[int, set[int]] = {}
    for tie in ties:
        if tie.kind == K.BIRTH_PARENT:
            parents.setdefault(tie.other, set()).add(tie.one)
    for tie in ties:
        concerned = tie is new or (new.kind == K.BIRTH_PARENT and new.other in tie.pair)
        if tie.kind in SIBLING_KINDS and concerned:
            found = _contradiction(
                tie.kind, parents.get(tie.one, set()), parents.get(tie.other, set())
            )
            if found:
                yield _("“%(tie)s” does not fit their birth parents: %(why)s") % {
                    "tie": _words(tie, people),
                    "why": found,
                }


def _contradiction(kind: str, ones: set[int], others: set[int]) -> str:
    shared, together = len(ones & others), len(ones | others)
    if kind == K.SIBLING and together > 2:
        return _(
            "they have no more than one in common. Choose half-brother or half-sister, or put the "
            "parents right."
        )
    if kind == K.HALF_SIBLING and shared > 1:
        return _("they have both in common. Choose brother or sister, or put the parents right.")
    if kind == K.HALF_SIBLING and together > 3:
        return _("they have none in common. Choose step-sibling, or put the parents right.")
    if kind in (K.STEP_SIBLING, K.ADOPTIVE_SIBLING) and shared:
        return _(
            "they have at least one in common. Choose (half-)brother or sister, or put the parents "
            "right."
        )
    return ""


CHECKS: list[Check] = [
    _twice,
    _contradicts,
    _unborn,
    _cycle,
    _age,
    _third_birth_parent,
    _partner,
    _siblings,
]
