"""The published text into a book: every marker, every question, every section in its place.

Nothing before the first chapter is read but the names of the clusters: the overview there words
several markers otherwise than their chapters do.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from quality_markers.catalogue.book import Asked, Book, Chapter
from quality_markers.catalogue.joining import joined, prose
from quality_markers.catalogue.lines import Kind, Line, lines
from quality_markers.catalogue.shape import Shape

CHAPTER = re.compile(r"Quality Marker (\d{1,2}) ?: ?(\S.*)", re.IGNORECASE)
STATEMENT = re.compile(r"Quality statement ?: ?(.*)", re.IGNORECASE)
OVERVIEW = re.compile(r"QM ?(\d{1,2})")
QUESTION = re.compile(r"(\d{1,2})\. ?(\D.*)")
HEADINGS = {
    "rationale": re.compile(r"Rationale ?:?", re.IGNORECASE),
    "questions": re.compile(r"How might you know if you are meeting\b.*", re.IGNORECASE),
    "knowledge": re.compile(r"Knowledge base ?:?", re.IGNORECASE),
    "equality": re.compile(r"Equality (?:and|&) diversity ?:?", re.IGNORECASE),
    "law": re.compile(r"Link to statutory guidance (?:and|&) inspection\b.*", re.IGNORECASE),
    "obstacles": re.compile(r"Tackling (?:some )?common obstacles ?:?", re.IGNORECASE),
}


def read(text: str, shape: Shape) -> Book:
    """Whatever is there, in order; `shape.problems` says what is missing or twice."""
    found = lines(text)
    starts = [index for index, line in enumerate(found) if CHAPTER.fullmatch(line.text)]
    preface = found[: starts[0]] if starts else found
    return Book(
        edition=shape.edition,
        clusters=tuple(_clusters(preface, shape)),
        chapters=tuple(
            _chapter(found[start:end]) for start, end in pairwise([*starts, len(found)])
        ),
    )


def _clusters(preface: list[Line], shape: Shape) -> Iterator[str]:
    """The name of a cluster stands in the overview, on the line above its first marker."""
    first = set(shape.clusters_begin)
    for before, line in pairwise(preface):
        number = OVERVIEW.fullmatch(line.text)
        if number and int(number[1]) in first and before.kind is Kind.TEXT:
            yield before.text


def _chapter(found: list[Line]) -> Chapter:
    heading = CHAPTER.fullmatch(found[0].text)
    assert heading is not None
    sections, where, repeated = _sections(found[1:])
    told: dict[str, Any] = {
        name: prose(part) for name, part in sections.items() if name != "questions"
    }
    if "statement" in told:
        told["statement"] = _sentence(" ".join(told["statement"].split()))
    return Chapter(
        number=int(heading[1]),
        title=heading[2].strip(),
        line=found[0].number,
        questions=tuple(_questions(sections.get("questions", []))),
        lines=where,
        repeated=tuple(repeated),
        **told,
    )


def _sections(
    found: list[Line],
) -> tuple[dict[str, list[Line]], dict[str, int], list[tuple[str, int]]]:
    sections: dict[str, list[Line]] = {}
    where: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    current: list[Line] = []
    for line in found:
        name, rest = _heading(line)
        if name is None:
            current.append(line)
            continue
        if name in sections:
            repeated.append((name, line.number))
        current = sections.setdefault(name, [])
        where.setdefault(name, line.number)
        if rest:
            current.append(Line(Kind.TEXT, line.number, rest))
    return sections, where, repeated


def _heading(line: Line) -> tuple[str | None, str]:
    if statement := STATEMENT.fullmatch(line.text):
        return "statement", statement[1]
    for name, pattern in HEADINGS.items():
        if pattern.fullmatch(line.text):
            return name, ""
    return None, ""


def _questions(found: list[Line]) -> Iterator[Asked]:
    """A question begins with its number; words before the first one are question 0, a problem."""
    number, line_number = 0, 0
    words: list[str] = []
    for line in found:
        if line.kind is not Kind.TEXT:
            continue
        if begins := QUESTION.fullmatch(line.text):
            if words:
                yield Asked(number, joined(words), line_number)
            number, line_number, words = int(begins[1]), line.number, [begins[2]]
        else:
            words.append(line.text)
            line_number = line_number or line.number
    if words:
        yield Asked(number, joined(words), line_number)


def _sentence(text: str) -> str:
    """The statement goes on from its heading in the publication; with us it stands alone."""
    return text[:1].upper() + text[1:]
