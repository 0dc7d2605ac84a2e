"""Who is in the register, in the order in which one looks for them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from families.people.ages import age_in_words, born_between
from families.people.models import Life, Living, Person, Relation, Relationship
from families.people.rules import Somebody, Tie, born_of_unborn
from reviews.case.models import Review
from scr_portal.core import clock

R = Relationship
GROUPS: dict[str, tuple[str | Promise, frozenset[str]]] = {
    "children": (_("The child"), frozenset({R.SUBJECT})),
    "parents": (
        _("Parents and carers"),
        frozenset(
            {
                *(R.MOTHER, R.FATHER, R.STEP_PARENT, R.PARENTS_PARTNER),
                *(R.ADOPTIVE_PARENT, R.FOSTER_CARER, R.GUARDIAN),
            }
        ),
    ),
    "siblings": (
        _("Brothers and sisters"),
        frozenset({R.SIBLING, R.HALF_SIBLING, R.STEP_SIBLING, R.ADOPTIVE_SIBLING}),
    ),
    "grandparents": (_("Grandparents"), frozenset({R.GRANDPARENT})),
    "family": (_("Other family"), frozenset({R.AUNT_OR_UNCLE, R.OTHER_FAMILY})),
    "others": (
        _("Friends, neighbours and others"),
        frozenset({R.FRIEND, R.NEIGHBOUR, R.COMMUNITY, R.OTHER}),
    ),
}
# Whom every review looks for, with the relationship that a new entry begins with.
LOOKED_FOR = {"parents": R.MOTHER, "siblings": R.SIBLING, "grandparents": R.GRANDPARENT}


@dataclass
class Group:
    key: str
    label: str | Promise
    people: list[Person] = field(default_factory=list)

    @property
    def begins_with(self) -> str:
        return LOOKED_FOR.get(self.key, "")


def people_of(review: Review) -> QuerySet[Person]:
    lives = Living.objects.filter(ended_on__isnull=True).select_related("household")
    return review.family.select_related("child").prefetch_related(
        Prefetch("livings", queryset=lives, to_attr="homes")
    )


def register(review: Review) -> list[Group]:
    """Every group, those without anybody too."""
    groups = [Group(key, label) for key, (label, _kinds) in GROUPS.items()]
    order = list(Relationship)
    for person in sorted(people_of(review), key=lambda row: order.index(R(row.relationship))):
        next(
            group for group in groups if person.relationship in GROUPS[group.key][1]
        ).people.append(person)
    return groups


def age_of(person: Person) -> str:
    """Today, or at the end of their life; of a child of the review else at the incident."""
    if person.born_on and (person.life != Life.DIED or person.died_on):
        return age_in_words(person.born_on, person.died_on or clock.today())
    if person.age or not person.child:
        return person.age
    age = person.child.age_at_incident
    return str(_("%(age)s at the incident")) % {"age": age} if age else ""


def role_of(person: Person) -> str:
    """Nothing where the pseudonym says it already."""
    if person.relationship == Relationship.SUBJECT:
        return ""
    words = person.relationship_words or str(person.get_relationship_display())
    return "" if words.casefold() == person.pseudonym.casefold() else words


def relations_of(review: Review) -> QuerySet[Relation]:
    return review.relations.select_related("one", "other")


def relations_with(person: Person) -> QuerySet[Relation]:
    return relations_of(person.review).filter(Q(one=person) | Q(other=person))


def somebodies(review: Review) -> dict[int, Somebody]:
    """What the rules must know of everybody."""
    return {person.pk: somebody(person, review.incident_on) for person in people_of(review)}


def somebody(person: Person, incident_on: date) -> Somebody:
    today, born = clock.today(), person.born_on
    if person.life == Life.UNBORN:
        return Somebody(person.pseudonym, born_of_unborn(today), is_unborn=True)
    if born:
        return Somebody(person.pseudonym, (born, born))
    if person.child and person.child.age_at_incident:
        return Somebody(person.pseudonym, born_between(person.child.age_at_incident, incident_on))
    # The age of somebody who died is of a day that nobody wrote down.
    then = person.died_on if person.life == Life.DIED else today
    return Somebody(person.pseudonym, born_between(person.age, then) if then else None)


def ties_of(review: Review, *, but: Any = None) -> list[Tie]:
    rows = review.relations.exclude(pk=but).order_by("pk")
    return [Tie(*row) for row in rows.values_list("kind", "one", "other")]
