"""Words of the register by which somebody could be traced: names, addresses, numbers."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from families.people.models import Household, Person
from reviews.case.identifiers import SHORTEST, Identifier
from reviews.case.models import Review

# Parts of names that every text is full of; the whole name is looked for all the same.
_WORDS = """
    the and van von der del bin ibn mrs miss baby child mother father brother sister uncle aunt
    will may might mark day home house street road church park school good best long young old
    white black friend neighbour partner carer cousin
"""
COMMON = frozenset(_WORDS.split())
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[,;/\n]|\bor\b|\band\b)\s*", re.IGNORECASE)


def parts_of_name(name: str) -> list[str]:
    """The whole and each part, halves of double names too, that is no common word."""
    parts = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", name)
    parts += [half for part in parts if "-" in part for half in part.split("-")]
    chosen = [each for each in parts if len(each) >= SHORTEST and each.casefold() not in COMMON]
    return list(dict.fromkeys([whole, *chosen])) if (whole := " ".join(name.split())) else []


def of_people(people: Iterable[Person]) -> Iterator[Identifier]:
    for person in people:
        called = person.pseudonym
        for number, words in enumerate(parts_of_name(person.real_name)):
            yield Identifier(words, _("part of a real name") if number else _("real name"), called)
        yield from _address(person.address, called)
        for words in _numbers(person.telephone):
            yield Identifier(words, _("telephone number"), called)
        if person.email:
            yield Identifier(person.email, _("email address"), called)


def of_households(households: Iterable[Household]) -> Iterator[Identifier]:
    for household in households:
        yield from _address(household.address, household.name)


def _address(address: str, called: str) -> Iterator[Identifier]:
    """Its first line and its postcode, with and without the space."""
    first = next((line.strip() for line in re.split(r"[\n,]", address) if line.strip()), "")
    if first:
        yield Identifier(first, _("address"), called)
    for code in _POSTCODE.findall(address):
        for words in dict.fromkeys([code, re.sub(r"\s", "", code)]):
            yield Identifier(words, _("postcode"), called)


def _numbers(text: str) -> Iterator[str]:
    for number in filter(None, _BETWEEN_NUMBERS.split(text.strip())):
        yield from dict.fromkeys([number, re.sub(r"\D", "", number)])


def identifiers_of(review: Review) -> list[Identifier]:
    people = list(of_people(review.family.all()))
    return [*people, *of_households(review.households.all())]
