"""Which text a letter begins with, the log of a review, and what the checks are given."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet

from families.involvement.models import Safety
from families.letters import texts
from families.letters.checks import Checked, Named
from families.letters.languages import ENGLISH, Language, language
from families.letters.models import Letter, LetterTemplate
from families.people.models import Life, Person, Relationship
from reviews.case.models import Review
from reviews.case.queries import appointed
from reviews.permissions import Role
from scr_portal.accounts.models import Board
from scr_portal.core import clock


@dataclass(frozen=True)
class Found:
    """The text that a letter begins with, which may be in another language than was wanted."""

    text: texts.LetterText
    language: str
    is_easy_read: bool
    template: LetterTemplate | None = None


def templates_of(board: Board) -> QuerySet[LetterTemplate]:
    return LetterTemplate.objects.filter(board=board, retired_at__isnull=True).select_related("by")


def text_for(board: Board, kind: str, code: str, *, is_easy_read: bool) -> Found:
    """In the language wanted, if need be in standard form; else in English, ours at the last."""
    mine = {(row.language, row.is_easy_read): row for row in templates_of(board).filter(kind=kind)}
    for key in ((code, is_easy_read), (code, False), (ENGLISH, is_easy_read)):
        if key == (ENGLISH, False) and is_easy_read:
            continue  # ours in easy read before the board's in standard
        if row := mine.get(key):
            return Found(texts.LetterText(row.subject, row.body), key[0], key[1], row)
    own = texts.own_text(kind, is_easy_read=is_easy_read)
    return Found(own, ENGLISH, is_easy_read)


def loaded(board: Board) -> list[Language]:
    """Languages in which the board has a text of any letter, English among them always."""
    codes = {ENGLISH, *templates_of(board).values_list("language", flat=True)}
    return [each for each in map(language, sorted(codes)) if each.code in codes]


def letters_of(review: Review) -> QuerySet[Letter]:
    """The log, without a word of any letter and without decrypting anybody."""
    return (
        Letter.objects.filter(review=review)
        .select_related("person", "written_by", "sent_by")
        .only(
            *("review", "kind", "language", "style", "written_at", "sent_on", "sent_how"),
            *(
                "despite",
                "dropped_at",
                "person__pseudonym",
                "written_by__name",
                "written_by__email",
            ),
            *("sent_by__name", "sent_by__email"),
        )
        .annotate(answers=Count("replies"), answered_on=Max("replies__on"))
        # Django leaves out the model's own order where rows are counted.
        .order_by("-written_at", "-pk")
    )


def people_to_write_to(review: Review) -> list[Person]:
    """Nobody who has died, or is not born yet."""
    return [
        each
        for each in review.family.select_related("safety").order_by("pk")
        if each.life not in {Life.DIED, Life.UNBORN}
    ]


def values_for(person: Person, *, by: Any, **given: str) -> dict[str, str]:
    """Real names among them: for who may see names alone."""
    review = person.review
    liaison = next(iter(appointed(review, Role.LIAISON)), by)
    names = [child.real_name for child in review.children.all() if child.real_name]
    return {
        "name": person.real_name,
        "child": ", ".join(names),
        "board": review.board.name,
        "liaison": str(liaison),
        "writer": str(by),
        **given,
    }


def safety_of(person: Person) -> Safety | None:
    return Safety.objects.filter(person=person).first()


def checked(letter: Letter) -> Checked:
    """What the checks are given. It holds real names, so it goes to nobody who may not see them."""
    review, person = letter.review, letter.person
    family = [each for each in review.family.all() if each.pk != person.pk]
    safety = safety_of(person)
    return Checked(
        subject=letter.subject,
        body=letter.body,
        kind=letter.kind,
        is_english=language(letter.language).is_english,
        is_easy_read=letter.is_easy_read,
        reader=_named(person),
        under_16=is_under_16(person),
        no_letters=bool(safety and safety.no_letters),
        letters_do_not_suit=bool(safety and safety.letters_do_not_suit),
        children=tuple(_named(child) for child in review.children.all()),
        others=tuple(_named(each) for each in family if each.relationship != Relationship.SUBJECT),
        pseudonym=review.pseudonym,
    )


def _named(person: Any) -> Named:
    return Named(person.real_name, person.pseudonym, person.sex)


def is_under_16(person: Person) -> bool:
    """By the date of birth, else by the first number of what stands under age."""
    if born := person.born_on:
        today = clock.today()
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < 16
    said = person.age.casefold()
    number = re.search(r"\d+", said)
    months = re.search(r"month|week|day", said)
    return bool(number) and (bool(months) or int(number[0]) < 16)  # type: ignore[index]
