"""A paper in plain strings and numbered: what both of its files are written from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from scr_portal.core import pdf
from scr_portal.core.blocks import Block, Bullets, Facts, Note, Paper, Section, Signed, Table, Text
from scr_portal.core.passages import Passage, passage, passages
from scr_portal.core.templatetags.portal import moment, said

# A guess at what fills a page, for the contents alone: lines of a page, characters of a line.
_PAGE, _LINE = 42, 90
_PAGES_WITHOUT_CONTENTS = 3
_SECTIONS_WITHOUT_CONTENTS = 6


@dataclass(frozen=True)
class LaidBlock:
    """A block with every text as passages: a row of a table or of facts is a list of them."""

    kind: str
    heading: str
    rows: list[list[Passage]]
    head: list[str]
    widths: list[int]


@dataclass(frozen=True)
class LaidSection:
    number: int
    title: str
    blocks: list[LaidBlock]


@dataclass(frozen=True)
class Laid:
    title: str
    subtitle: str
    reference: str
    board: str
    marking: str
    version: str
    made: str
    made_by: str
    made_at: datetime
    facts: list[tuple[str, str]]
    sections: list[LaidSection]
    signatures: list[tuple[str, list[tuple[str, str]]]]
    state: str
    has_contents: bool


def laid(paper: Paper) -> Laid:
    sections = [_section(number, each) for number, each in enumerate(paper.sections, start=1)]
    made = _("%(moment)s, %(name)s") % {
        "moment": moment(paper.made_at),
        "name": _words(paper.made_by),
    }
    state = _words(paper.state)
    facts = [
        (_("Reference"), _words(paper.reference)),
        (_("Version"), _words(paper.version)),
        (_("State"), state),
        (_("Protective marking"), _words(paper.marking)),
        (_("This copy made"), made),
    ]
    return Laid(
        title=_words(paper.title),
        subtitle=_words(paper.subtitle),
        reference=_words(paper.reference),
        board=_words(paper.board),
        marking=_words(paper.marking),
        version=_words(paper.version),
        made=_("Made %(moment)s") % {"moment": moment(paper.made_at)},
        made_by=_words(paper.made_by),
        made_at=paper.made_at,
        facts=[(label, value) for label, value in facts if value],
        sections=sections,
        signatures=[_signature(each) for each in paper.signatures],
        state=state,
        has_contents=_is_long(sections),
    )


def _words(value: Any) -> str:
    """One line or text as the files can carry it; days and moments in our words."""
    return "" if value is None else pdf.carriable(str(said(value))).strip()


def _section(number: int, section: Section) -> LaidSection:
    blocks, after = [], 0
    for block in section.blocks:
        found = _block(block, str(number), after)
        if isinstance(block, Text):
            after += len(found.rows)
        if found.rows:
            blocks.append(found)
    return LaidSection(number, _words(section.title), blocks)


def _block(block: Block, prefix: str, after: int) -> LaidBlock:
    kind, head, widths = type(block).__name__.lower(), [], []
    match block:
        case Text(text):
            [found] = passages(prefix, _words(text), after=after)
            rows = [[each] for each in found]
        case Facts():
            rows = [
                [passage(_words(label)), passage(_words(value))]
                for label, value in block.rows
                if _words(value)
            ]
        case Table():
            rows = [[passage(_words(cell)) for cell in row] for row in block.rows]
            head = [_words(cell) for cell in block.head]
            widths = _percent(block.widths or [1] * len(head))
        case Bullets():
            rows = [[passage(_words(item))] for item in block.items if _words(item)]
        case Note(text):
            rows = [[passage(_words(text))]] if _words(text) else []
    return LaidBlock(kind, _words(block.heading), rows, head, widths)


def _percent(widths: Sequence[int]) -> list[int]:
    return [round(100 * width / sum(widths)) for width in widths]


def _signature(signed: Signed) -> tuple[str, list[tuple[str, str]]]:
    rows = [
        (_("What was signed"), signed.title),
        (_("Signed by"), signed.name),
        (_("When"), signed.at),
        (_("How"), signed.method),
        (_("SHA-256"), signed.sha256),
        (_("Verify at"), signed.verify_at),
    ]
    return _words(signed.statement), [(label, _words(value)) for label, value in rows if value]


def _is_long(sections: Sequence[LaidSection]) -> bool:
    lines = sum(_lines(section) for section in sections)
    return len(sections) > _SECTIONS_WITHOUT_CONTENTS or lines > _PAGE * _PAGES_WITHOUT_CONTENTS


def _lines(section: LaidSection) -> int:
    return 3 + sum(height for block in section.blocks for height in _heights(block))


def _heights(block: LaidBlock) -> Iterator[int]:
    for row in block.rows:
        across = max(len(row), 1)
        yield 1 + max(-(-len(cell.text) * across // _LINE) for cell in row)
