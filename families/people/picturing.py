"""The register as the network picture wants it: plain facts, with the names its reader may see."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from families.people import queries
from families.people.models import Life, Person, Relation, Relationship
from families.people.network.shape import Household, Node, Tie
from families.people.network.shown import Shown, shown
from reviews.case.models import Review


def network_of(review: Review, names: Mapping[int, str] | None = None) -> Shown:
    """With ``names``, people are called by those, and the pseudonym stands below."""
    people = list(queries.people_of(review))
    homes: dict[int, tuple[str, list[int]]] = {}
    for person in people:
        for living in person.homes:  # type: ignore[attr-defined]
            name = living.household.name
            homes.setdefault(living.household_id, (name, []))[1].append(person.pk)
    draw = _drawn if names is None else _drawn.__wrapped__
    return draw(
        tuple(_node(person, names or {}) for person in people),
        tuple(_tie(row) for row in queries.relations_of(review)),
        tuple(Household(pk, name, tuple(members)) for pk, (name, members) in homes.items()),
        _("Family network of %(case)s") % {"case": review.pseudonym},
        get_language(),
    )


@lru_cache(maxsize=64)
def _drawn(
    nodes: tuple[Node, ...],
    ties: tuple[Tie, ...],
    homes: tuple[Household, ...],
    title: str,
    language: str,
) -> Shown:
    """To place forty people takes a second, so what was drawn is kept: never with real names."""
    return shown(nodes, ties, homes, title=title)


def _node(person: Person, names: Mapping[int, str]) -> Node:
    name = names.get(person.pk, "")
    detail = [person.pseudonym if name else "", _age(person)]
    return Node(
        person.pk,
        name or person.pseudonym,
        ", ".join(filter(None, detail)),
        person.sex,
        person.life,
        is_child=person.relationship == Relationship.SUBJECT,
        note=queries.role_of(person),
    )


def _age(person: Person) -> str:
    """What the symbol does not say: it says who has died and who is not born."""
    if person.life == Life.DIED and person.died_on:
        return _("died %(year)s") % {"year": person.died_on.year}
    age = "" if person.life == Life.UNBORN else queries.age_of(person)
    return _("aged %(age)s") % {"age": age} if age else ""


def _tie(relation: Relation) -> Tie:
    days = [relation.started_on, relation.ended_on]
    years = "–".join(str(day.year) if day else "" for day in days) if any(days) else ""
    words = ", ".join(filter(None, [relation.words, years]))
    return Tie(relation.kind, relation.one_id, relation.other_id, relation.is_past, words)
