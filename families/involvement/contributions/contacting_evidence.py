"""What contacts and questions say to markers 4 and 12: numbers and days, nobody's words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.involvement.models import (
    Answer,
    Contact,
    ContactPerson,
    FamilyQuestion,
    Influence,
)
from reviews.case.evidence import Evidence
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core.dates import on_screen

Direction = FamilyQuestion.Direction


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    if marker not in (4, 12) or not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    rows = review.familyquestions.select_related("person").defer("text", "answer")
    theirs = [row for row in rows if row.direction == Direction.THEIRS]
    ours = [row for row in rows if row.direction == Direction.OURS]
    if marker == 4:
        return [*_offers(review), *_answers(review, theirs)]
    return [*_influences(review), *_asked(review, ours)]


def _offers(review: Review) -> Iterable[Evidence]:
    """To each person: how often, in which ways, and whether it brought a yes (4.3)."""
    url = reverse("families:contacts", args=[review.pk])
    made = ContactPerson.objects.filter(
        review=review, contact__is_offer=True, contact__state=Contact.State.MADE
    )
    offers: dict[Any, list[ContactPerson]] = defaultdict(list)
    for row in made.select_related("person", "contact").defer("words", "contact__note"):
        offers[row.person].append(row)
    if not offers:
        nothing = _("No offer to talk is on the record")
        return [Evidence("4.3", nothing, url, contradicts=True)]
    return [_offered(person, rows, url) for person, rows in offers.items()]


def _offered(person: Any, rows: list[ContactPerson], url: str) -> Evidence:
    words = ngettext(
        "%(person)s: %(n)s offer (%(ways)s); %(answer)s",
        "%(person)s: %(n)s offers (%(ways)s); %(answer)s",
        len(rows),
    )
    last = max(rows, key=lambda row: (row.contact.on, row.contact_id))
    said = {
        "person": person.pseudonym,
        "n": len(rows),
        "ways": ", ".join(sorted({row.contact.get_how_display().lower() for row in rows})),
        "answer": _answer_in_words(last.answer, {row.answer for row in rows}),
    }
    return Evidence("4.3", words % said, f"{url}?person={person.pk}", last.contact.on)


def _answer_in_words(last: str, answers: set[str]) -> str:
    """The most that any offer brought; that somebody took part is said of who did alone."""
    best = next((each for each in (Answer.TOOK_PART, Answer.ACCEPTED) if each in answers), last)
    return str(Answer(best).label).lower()


def _answers(review: Review, theirs: list[FamilyQuestion]) -> list[Evidence]:
    url = reverse("families:questions", args=[review.pk]) + "#theirs"
    if not theirs:
        return [Evidence("4.4", _("No question of the family is on the record"), url)]
    found = [
        Evidence(
            "4.4",
            _("A question of %(person)s, asked on %(asked)s, was answered on %(answered)s")
            % {
                "person": row.person.pseudonym,
                "asked": on_screen(row.asked_on) if row.asked_on else _("an unknown day"),
                "answered": on_screen(row.answered_on),
            },
            url,
            row.answered_on,
        )
        for row in theirs
        if row.answered_on
    ]
    if waiting := len(theirs) - len(found):
        words = ngettext(
            "%(n)s question of the family waits for its answer",
            "%(n)s questions of the family wait for their answers",
            waiting,
        )
        found.append(Evidence("4.4", words % {"n": waiting}, url, contradicts=True))
    return found


def _influences(review: Review) -> list[Evidence]:
    url = reverse("families:questions", args=[review.pk]) + "#terms"
    rows = list(review.influences.select_related("person").defer("text", "why"))
    if not rows:
        nothing = _("No wish of the family for the terms of reference is on the record")
        return [Evidence("12.4", nothing, url)]
    return [
        Evidence(
            "12.4",
            _influence(row),
            url,
            row.settled_on or row.asked_on,
            contradicts=row.outcome == Influence.Outcome.OPEN,
        )
        for row in rows
    ]


def _influence(row: Influence) -> str:
    words = _("%(person)s asked something of the terms on %(asked)s: %(outcome)s")
    if row.told_on:
        words = _("%(person)s asked something on %(asked)s: %(outcome)s, told on %(told)s")
    return words % {
        "person": row.person.pseudonym,
        "asked": on_screen(row.asked_on),
        "outcome": row.get_outcome_display().lower(),
        "told": on_screen(row.told_on) if row.told_on else "",
    }


def _asked(review: Review, ours: list[FamilyQuestion]) -> list[Evidence]:
    url = reverse("families:questions", args=[review.pk]) + "#ours"
    if not ours:
        nothing = _("No question to the family is written down")
        return [Evidence("12.5", nothing, url, contradicts=True)]
    words = _("%(person)s: questions written down: %(n)s, asked so far: %(asked)s")
    written, days = Counter(row.person for row in ours), defaultdict(list)
    for row in ours:
        if row.asked_on:
            days[row.person].append(row.asked_on)
    return [
        Evidence(
            "12.5",
            words % {"person": person.pseudonym, "n": n, "asked": len(days[person])},
            url,
            max(days[person], default=None),
        )
        for person, n in written.items()
    ]
