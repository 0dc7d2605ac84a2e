"""What a complete catalogue holds, and what is wrong with one that does not."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quality_markers.catalogue.book import Book, Chapter

EDITIONS = Path(__file__).parent / "data" / "editions.toml"
NEEDED = ("statement", "rationale", "knowledge", "law", "obstacles")
WHOLE_SENTENCES = ("rationale", "knowledge", "equality", "law", "obstacles")
SENTENCE_ENDS = (".", "?", "!", ")", ".’", ".”")
NAMES = {
    "statement": "the quality statement",
    "rationale": "the rationale",
    "questions": "the questions",
    "knowledge": "the knowledge base",
    "equality": "the section on equality and diversity",
    "law": "the link to statutory guidance",
    "obstacles": "the section on common obstacles",
}


@dataclass(frozen=True)
class Shape:
    edition: str
    title: str
    questions: tuple[int, ...]
    clusters_begin: tuple[int, ...]
    equality: frozenset[int]
    family: frozenset[int]

    def cluster_of(self, marker: int) -> int:
        return sum(first <= marker for first in self.clusters_begin)


@cache
def shape(edition: str = "2016") -> Shape:
    told = tomllib.loads(EDITIONS.read_text(encoding="utf-8"))[edition]
    return Shape(
        edition=edition,
        title=told["title"],
        questions=tuple(told["questions"]),
        clusters_begin=tuple(told["clusters_begin"]),
        equality=frozenset(told["equality"]),
        family=frozenset(told["family"]),
    )


@dataclass(frozen=True)
class Problem:
    text: str
    marker: int = 0
    line: int = 0

    def __str__(self) -> str:
        where = f"Quality Marker {self.marker}" if self.marker else "The text"
        return f"{where}{f', line {self.line}' if self.line else ''}: {self.text}"


def problems(book: Book, shape: Shape, *, official: bool = True) -> list[Problem]:
    """Our own wording has guidance on equality for every marker, and needs no knowledge base."""
    found = [*_chapters(book, shape), *_clusters(book, shape)]
    for chapter in book.chapters:
        if 1 <= chapter.number <= len(shape.questions):
            found += _sections(chapter, official)
            found += _equality(chapter, shape) if official else []
            found += _questions(chapter, shape.questions[chapter.number - 1])
    return sorted(found, key=lambda problem: (problem.line, problem.marker))


def _chapters(book: Book, shape: Shape) -> Iterator[Problem]:
    wanted = range(1, len(shape.questions) + 1)
    seen: list[int] = []
    for chapter in book.chapters:
        if chapter.number not in wanted:
            yield Problem("there is no such marker", chapter.number, chapter.line)
        elif chapter.number in seen:
            yield Problem("its chapter stands twice", chapter.number, chapter.line)
        elif seen and chapter.number < seen[-1]:
            yield Problem(
                f"its chapter comes after marker {seen[-1]}", chapter.number, chapter.line
            )
        seen.append(chapter.number)
    for number in sorted(set(wanted) - set(seen)):
        line = next((chapter.line for chapter in book.chapters if chapter.number > number), 0)
        where = " above this line" if line else ""
        yield Problem(f"its chapter is missing{where}; {len(wanted)} are expected", number, line)


def _clusters(book: Book, shape: Shape) -> Iterator[Problem]:
    if len(book.clusters) != len(shape.clusters_begin):
        yield Problem(
            f"the overview names {len(book.clusters)} clusters where "
            f"{len(shape.clusters_begin)} are expected"
        )


def _sections(chapter: Chapter, official: bool) -> Iterator[Problem]:
    for name, line in chapter.repeated:
        yield Problem(f"{NAMES[name]} stands twice", chapter.number, line)
    for name in NEEDED:
        if not getattr(chapter, name) and (official or name != "knowledge"):
            missing = "is empty" if name in chapter.lines else "is missing"
            line = chapter.lines.get(name, chapter.line)
            yield Problem(f"{NAMES[name]} {missing}", chapter.number, line)
    for name in WHOLE_SENTENCES:
        text = getattr(chapter, name)
        if text and not text.endswith(SENTENCE_ENDS):
            yield Problem(f"{NAMES[name]} breaks off", chapter.number, chapter.lines.get(name, 0))


def _equality(chapter: Chapter, shape: Shape) -> Iterator[Problem]:
    line = chapter.lines.get("equality", chapter.line)
    if chapter.number in shape.equality and not chapter.equality:
        yield Problem(f"{NAMES['equality']} is missing or empty", chapter.number, line)
    if chapter.number not in shape.equality and "equality" in chapter.lines:
        yield Problem(f"{NAMES['equality']} is not expected here", chapter.number, line)


def _questions(chapter: Chapter, wanted: int) -> Iterator[Problem]:
    line = chapter.lines.get("questions", chapter.line)
    for place, asked in enumerate(chapter.questions, start=1):
        if asked.number != place:
            told = f"question {asked.number}" if asked.number else "text without a number"
            yield Problem(
                f"{told} stands where question {place} is expected", chapter.number, asked.line
            )
            break
    for asked in chapter.questions:
        if not asked.text.endswith(SENTENCE_ENDS):
            yield Problem(f"question {asked.number} breaks off", chapter.number, asked.line)
    if len(chapter.questions) != wanted:
        yield Problem(
            f"it has {len(chapter.questions)} questions where {wanted} are expected",
            chapter.number,
            line,
        )
