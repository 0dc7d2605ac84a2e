"""What a catalogue of any framework must have, and what the portal takes of one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.utils.translation import gettext as _

from quality_markers.catalogue.book import Book, Chapter
from quality_markers.catalogue.models import LOCAL, CatalogueVersion, Marker
from quality_markers.catalogue.sheets.plain import TEXTS, number_of
from scr_portal.core.forms import LONG
from scr_portal.core.pdf import carriable
from scr_portal.core.reasons import Refused

MOST_MARKERS, MOST_CLUSTERS, MOST_QUESTIONS = 200, 50, 50


def refuse_what_falls_short(book: Book) -> None:
    if found := [*_whole(book), *_numbers(book), *_chapters(book)]:
        raise Refused(found)


def _whole(book: Book) -> Iterator[str]:
    where = _("The catalogue")
    for name in ("title", "edition", "framework"):
        if not getattr(book, name):
            yield _said(where, _("“%(name)s” is missing") % {"name": name})
        yield from _length(where, name, getattr(book, name), _most(CatalogueVersion, name))
    if book.framework and not _is_slug(book.framework):
        yield _said(where, _("“framework” is one word of small letters, numbers and hyphens"))
    if not 1 <= len(book.clusters) <= MOST_CLUSTERS:
        yield _said(where, _("it needs 1 to %(most)s clusters") % {"most": MOST_CLUSTERS})
    used = {chapter.cluster for chapter in book.chapters}
    for number, title in enumerate(book.clusters, start=1):
        if number not in used:
            yield _said(where, _("cluster %(n)s has no marker") % {"n": number})
        if not title:
            yield _said(where, _("a cluster has no title"))
        yield from _length(where, _("cluster"), title, _most(Marker, "cluster_title"))
    if not 1 <= len(book.chapters) <= MOST_MARKERS:
        yield _said(where, _("it needs 1 to %(most)s markers") % {"most": MOST_MARKERS})


def _numbers(book: Book) -> Iterator[str]:
    given = Counter(chapter.number for chapter in book.chapters)
    for number in sorted(number for number, times in given.items() if times > 1):
        yield _said(_marker(number), _("its number is given twice"))
    order = [chapter.number for chapter in book.chapters]
    if order != sorted(order):
        yield _said(_("The catalogue"), _("the markers do not stand in the order of their numbers"))


def _chapters(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        where = _marker(chapter.number)
        if not 1 <= chapter.number <= MOST_MARKERS:
            most = {"most": MOST_MARKERS}
            yield _said(where, _("a marker has a number from 1 to %(most)s") % most)
        if not 1 <= chapter.cluster <= len(book.clusters):
            yield _said(where, _("there is no cluster %(n)s") % {"n": chapter.cluster})
        for name in ("title", "statement"):
            if not getattr(chapter, name):
                yield _said(where, _("“%(name)s” is missing") % {"name": name})
        yield from _length(where, "title", chapter.title, _most(Marker, "title"))
        for name in TEXTS:
            yield from _length(where, name, getattr(chapter, name), LONG)
        yield from _questions(where, chapter)


def _questions(where: str, chapter: Chapter) -> Iterator[str]:
    if not chapter.questions:
        yield _said(where, _("it has no question"))
    numbers = [asked.number for asked in chapter.questions]
    for number in sorted(each for each, times in Counter(numbers).items() if times > 1):
        shown = number if number <= LOCAL else f"L{number - LOCAL}"
        yield _said(where, _("question %(number)s is given twice") % {"number": shown})
    if numbers != sorted(numbers):
        yield _said(where, _("the questions do not stand in the order of their numbers"))
    for asked in chapter.questions:
        here = f"{where}, {_('question %(n)s') % {'n': number_of(asked)}}"
        own = asked.number - LOCAL if asked.number > LOCAL else asked.number
        if not 1 <= own <= MOST_QUESTIONS:
            yield _said(here, _("its number is from 1 to %(n)s") % {"n": MOST_QUESTIONS})
        if not asked.text:
            yield _said(here, _("its text is missing"))
        yield from _length(here, _("text"), asked.text, LONG)


def _length(where: str, name: str, text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        told = {"name": name, "most": most}
        yield _said(where, _("“%(name)s” is longer than %(most)s characters") % told)
    if carriable(text) != text:
        told = {"name": name}
        yield _said(where, _("“%(name)s” holds a character that can’t be printed") % told)


def _most(model: type[CatalogueVersion] | type[Marker], name: str) -> int:
    field: Any = model._meta.get_field(name)
    return field.max_length or LONG


def _is_slug(text: str) -> bool:
    try:
        validate_unicode_slug(text)
    except ValidationError:
        return False
    return text.isascii() and text == text.lower()


def _marker(number: int) -> str:
    return _("Marker %(number)s") % {"number": number}


def _said(where: str, problem: str) -> str:
    return f"{where}: {problem}."
