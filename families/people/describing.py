"""What is wrong with the entry of one person, by field: for the form that asks and the operation.

Sentences never repeat a name or a number: they are shown where neither may stand.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from families.people.ages import wrong_age
from families.people.models import Life, Person
from families.people.tracing import parts_of_name
from reviews.case.identifiers import Identifier, found_in
from scr_portal.core import clock

# Shown to everybody who sees the register.
READ_BY_MANY = (
    "pseudonym",
    "relationship_words",
    "age",
    "language",
    "literacy",
    "religion",
    "ethnicity",
    "disability",
    "contact_note",
)
_NUMBER = re.compile(r"\+?[\d\s().-]{6,}(?:\s*(?:ext|x)\.?\s*\d{1,6})?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/\n]|\bor\b|\band\b)\s*", re.IGNORECASE)
FEWEST_DIGITS = 6


def wrong(person: Person, others: list[Identifier]) -> dict[str, str]:
    """``others`` are the words by which the rest of the family could be traced."""
    found = {
        "age": wrong_age(person.age),
        "telephone": wrong_telephone(person.telephone),
        "email": _wrong_email(person.email),
        **_wrong_days(person),
        **_traced(person, others),
    }
    return {name: words for name, words in found.items() if words}


def wrong_telephone(text: str) -> str:
    numbers = [each for each in _BETWEEN.split(text.strip()) if each]
    fits = all(
        _NUMBER.fullmatch(each) and len(re.sub(r"\D", "", each)) >= FEWEST_DIGITS
        for each in numbers
    )
    if fits:
        return ""
    return _(
        "Write the telephone number in digits, such as 0113 496 0000, and several with a comma "
        "between them. Words about it go under other ways to reach them."
    )


def _wrong_email(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return _("Enter an email address in the usual form, such as name@example.org")
    return ""


def _wrong_days(person: Person) -> dict[str, str]:
    born, died, today = person.born_on, person.died_on, clock.today()
    found = {}
    if person.life == Life.UNBORN:
        if born:
            found["date_of_birth"] = _("Somebody not born yet has no date of birth")
        if died:
            found["died_on"] = _("Somebody not born yet has no date of death")
        if person.age:
            found["age"] = _("Somebody not born yet has no age")
        return found
    if born and born > today:
        found["date_of_birth"] = _(
            "The date of birth lies in the future. Put it right, or choose “Not born yet”."
        )
    if died and died > today:
        found["died_on"] = _("The date of death lies in the future")
    elif died and born and died < born:
        found["died_on"] = _("The date of death must be on or after the date of birth")
    elif died and person.life != Life.DIED:
        found["died_on"] = _("Choose “Died”, or leave the date of death empty")
    return found


def _traced(person: Person, others: list[Identifier]) -> dict[str, str]:
    own = [Identifier(words, "", person.pseudonym) for words in parts_of_name(person.real_name)]
    known = [*own, *others]
    found = {}
    for name in READ_BY_MANY:
        text = getattr(person, name)
        if name == "pseudonym" and found_in(text, known):
            found[name] = _(
                "The pseudonym holds part of a real name. Choose words that trace nobody."
            )
        elif names_somebody(text, known):
            found[name] = _(
                "This holds a real name, an address or a number by which somebody could be traced. "
                "Many people read it: use pseudonyms here."
            )
    return found


def names_somebody(text: str, known: list[Identifier]) -> bool:
    """Written as it is written in the register: “Rose”, and no rose in the garden."""
    return any(each.words in text for each in found_in(text, known)) if text else False
