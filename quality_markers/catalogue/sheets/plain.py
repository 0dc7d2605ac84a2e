"""A catalogue as plain values and back: what a YAML file holds, and what the hash is taken of."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.catalogue.book import PROSE, Asked, Book, Chapter
from quality_markers.catalogue.models import LOCAL
from scr_portal.core.reasons import Refused

FORMAT = "scr-portal-catalogue/1"
YES, NO = "yes", "no"
TEXTS = (*PROSE, "local_guidance")
ONE_LINE = frozenset({"title", "edition", "framework"})


def number_of(asked: Asked) -> str:
    """3, or L1 for a board's own."""
    return f"L{asked.number - LOCAL}" if asked.number > LOCAL else str(asked.number)


def plain(book: Book) -> dict[str, Any]:
    """In the order of the sheet; a text that is empty is left out."""
    return {
        "format": FORMAT,
        "framework": book.framework,
        "title": book.title,
        "edition": book.edition,
        "clusters": list(book.clusters),
        "markers": [_marker(chapter) for chapter in book.chapters],
    }


def _marker(chapter: Chapter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": str(chapter.number),
        "title": chapter.title,
        "cluster": str(chapter.cluster),
        "about_the_family": YES if chapter.is_family else NO,
    }
    told |= {name: getattr(chapter, name) for name in TEXTS if getattr(chapter, name)}
    told["questions"] = [
        {"number": number_of(asked), "text": asked.text} for asked in chapter.questions
    ]
    return told


def digest(book: Book) -> str:
    """Of the words and their order, whatever the version is called."""
    told = {**plain(book), "title": ""}
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def book_of(told: Any) -> Book:
    """The sheet as a book. Raises Refused with every place that can't be understood."""
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Refused(
            _("This is not a catalogue: its first line must say “format: %(format)s”.")
            % {"format": FORMAT}
        )
    reading = _Reading()
    book = reading.book(told)
    if reading.problems:
        raise Refused(reading.problems)
    return book


class _Reading:
    """Goes on after a problem, so that all of them are said at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def book(self, told: dict[str, Any]) -> Book:
        where = _("The catalogue")
        self.known(where, told, {"format", "framework", "title", "edition", "clusters", "markers"})
        return Book(
            edition=self.text(where, told, "edition"),
            clusters=tuple(self.clusters(told.get("clusters"))),
            chapters=tuple(self.chapters(told.get("markers"))),
            title=self.text(where, told, "title"),
            framework=self.text(where, told, "framework"),
        )

    def say(self, where: str, problem: str) -> None:
        self.problems.append(f"{where}: {problem}")

    def known(self, where: str, told: dict[str, Any], names: set[str]) -> None:
        for name in told:
            if name not in names:
                self.say(where, _("“%(name)s” is not known here") % {"name": str(name)[:60]})

    def clusters(self, told: Any) -> Iterator[str]:
        where = _("The catalogue")
        for each in self.listed(where, told, "clusters"):
            if isinstance(each, str):
                yield " ".join(each.split())
            else:
                self.say(where, _("each cluster is one line of text"))

    def chapters(self, told: Any) -> Iterator[Chapter]:
        names = {"number", "title", "cluster", "about_the_family", "questions", *TEXTS}
        for place, each in enumerate(self.listed(_("The catalogue"), told, "markers"), start=1):
            where = _("Marker %(number)s of the list") % {"number": place}
            if not isinstance(each, dict):
                self.say(where, _("it needs a number, a title and questions"))
                continue
            self.known(where, each, names)
            number = self.number(where, each, "number")
            where = _("Marker %(number)s") % {"number": number} if number else where
            yield self.chapter(where, number, each)

    def chapter(self, where: str, number: int, told: dict[str, Any]) -> Chapter:
        texts: dict[str, Any] = {name: self.text(where, told, name) for name in TEXTS}
        return Chapter(
            number=number,
            title=self.text(where, told, "title"),
            cluster=self.number(where, told, "cluster"),
            is_family=self.yes(where, told, "about_the_family"),
            questions=tuple(self.questions(where, told.get("questions"))),
            **texts,
        )

    def questions(self, where: str, told: Any) -> Iterator[Asked]:
        for each in self.listed(where, told, "questions"):
            if not isinstance(each, dict):
                self.say(where, _("each question needs a number and a text"))
                continue
            self.known(where, each, {"number", "text"})
            given = each.get("number")
            if (number := asked_number(given)) is None:
                self.say(where, _("“%(given)s” is no number of a question") % {"given": given})
                continue
            yield Asked(number, self.text(where, each, "text"))

    def listed(self, where: str, told: Any, name: str) -> list[Any]:
        if isinstance(told, list):
            return told
        self.say(where, _("“%(name)s” must be a list") % {"name": name})
        return []

    def text(self, where: str, told: dict[str, Any], name: str) -> str:
        value = told.get(name, "")
        if isinstance(value, str):
            return " ".join(value.split()) if name in ONE_LINE else clean(value)
        self.say(where, _("“%(name)s” must be a text") % {"name": name})
        return ""

    def number(self, where: str, told: dict[str, Any], name: str) -> int:
        value = told.get(name, "")
        if isinstance(value, str) and _is_number(value):
            return int(value)
        self.say(where, _("“%(name)s” must be a number") % {"name": name})
        return 0

    def yes(self, where: str, told: dict[str, Any], name: str) -> bool:
        value = str(told.get(name) or NO).strip().lower()
        if value not in {YES, NO, "true", "false"}:
            self.say(where, _("“%(name)s” must be yes or no") % {"name": name})
        return value in {YES, "true"}


def clean(text: str) -> str:
    """Without what a file adds at the edges of a text, and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def asked_number(given: Any) -> int | None:
    """3 is 3, L1 the first of a board's own."""
    text = str(given).strip()
    own = text[:1] in {"L", "l"}
    number = text[1:] if own else text
    if not _is_number(number):
        return None
    return int(number) + LOCAL if own else int(number)


def _is_number(text: str) -> bool:
    text = text.strip()
    return text.isascii() and text.isdecimal() and len(text) <= 4
