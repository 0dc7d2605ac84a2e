"""Which question of one version is which of another.

The published numbers name a question within one edition, whatever its words; from one edition to
the next they may be given anew, so that words come first there and a number counts only where the
words are alike.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from quality_markers.catalogue.book import Book

Ref = tuple[int, int]
"""The numbers of a marker and of its question."""

_ALIKE = 0.6


def paired(old: Book, new: Book) -> dict[Ref, Ref]:
    """Of two frameworks nothing is the same question, whatever it asks."""
    if old.framework != new.framework:
        return {}
    chapters = paired_chapters(old, new)
    before, after = texts(old), texts(new)
    found: dict[Ref, Ref] = {}
    for step in (_same, _same_words_here, _same_words, _same_number):
        for one, other in list(step(before, after, chapters)):
            if one in before and other in after and _may(step, old, new, before[one], after[other]):
                found[one] = other
                del before[one], after[other]
    return found


def texts(book: Book) -> dict[Ref, str]:
    return {
        (chapter.number, asked.number): asked.text
        for chapter in book.chapters
        for asked in chapter.questions
    }


def paired_chapters(old: Book, new: Book) -> dict[int, int]:
    """By their titles, and by number where a title was given anew."""
    if old.framework != new.framework:
        return {}
    titles = {chapter.title.casefold(): chapter.number for chapter in new.chapters}
    found = {
        chapter.number: titles[chapter.title.casefold()]
        for chapter in old.chapters
        if chapter.title.casefold() in titles
    }
    left = {chapter.number for chapter in new.chapters} - set(found.values())
    for chapter in old.chapters:
        if chapter.number not in found and chapter.number in left:
            found[chapter.number] = chapter.number
    return found


Texts = dict[Ref, str]
Pairs = Iterable[tuple[Ref, Ref]]


def _there(before: Texts, chapters: dict[int, int]) -> Iterator[tuple[Ref, Ref]]:
    return (((m, q), (chapters[m], q)) for m, q in before if m in chapters)


def _same(before: Texts, after: Texts, chapters: dict[int, int]) -> Pairs:
    pairs = _there(before, chapters)
    return ((one, other) for one, other in pairs if after.get(other) == before[one])


def _same_words_here(before: Texts, after: Texts, chapters: dict[int, int]) -> Pairs:
    here = {(ref[0], text): ref for ref, text in after.items()}
    pairs = ((ref, here.get((chapters.get(ref[0], 0), text))) for ref, text in before.items())
    return ((one, other) for one, other in pairs if other)


def _same_words(before: Texts, after: Texts, chapters: dict[int, int]) -> Pairs:
    anywhere = {text: ref for ref, text in after.items()}
    return ((ref, anywhere[text]) for ref, text in before.items() if text in anywhere)


def _same_number(before: Texts, after: Texts, chapters: dict[int, int]) -> Pairs:
    return _there(before, chapters)


def _may(step: object, old: Book, new: Book, before: str, after: str) -> bool:
    if step is not _same_number or old.edition == new.edition:
        return True
    return SequenceMatcher(None, before.split(), after.split()).ratio() >= _ALIKE
