"""A board's own words in a catalogue: its guidance, and its questions beside the published ones."""

from dataclasses import replace

from quality_markers.catalogue.book import Book, Chapter
from quality_markers.catalogue.models import LOCAL
from quality_markers.catalogue.pairing import paired_chapters


def with_own(book: Book, own: Book) -> Book:
    """``book`` with what a board had put into ``own``, where ``book`` says nothing of its own.

    A marker that ``book`` has no more takes its own words with it.
    """
    there = {number: place for place, number in paired_chapters(own, book).items()}
    before = {chapter.number: chapter for chapter in own.chapters}
    chapters = tuple(
        _with(chapter, before[there[chapter.number]]) if chapter.number in there else chapter
        for chapter in book.chapters
    )
    return replace(book, chapters=chapters)


def _with(chapter: Chapter, own: Chapter) -> Chapter:
    known = {asked.number for asked in chapter.questions}
    words = {asked.text for asked in chapter.questions}
    added = tuple(
        asked
        for asked in own.questions
        if asked.number > LOCAL and asked.number not in known and asked.text not in words
    )
    return replace(
        chapter,
        questions=chapter.questions + added,
        local_guidance=chapter.local_guidance or own.local_guidance,
    )


def has_own(book: Book) -> bool:
    return any(
        chapter.local_guidance or any(asked.number > LOCAL for asked in chapter.questions)
        for chapter in book.chapters
    )
