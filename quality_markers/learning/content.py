"""A board's year of learning, in one order for each of its four files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from quality_markers.learning import queries
from quality_markers.learning.models import Improvement
from quality_markers.learning.queries.figures import Figures, Row
from quality_markers.learning.queries.splits import split
from reviews.case.models import Review
from scr_portal.accounts.models import Board
from scr_portal.core import csv_table
from scr_portal.core.blocks import Block, Note, Paper, Section, Table
from scr_portal.core.dates import on_screen
from scr_portal.core.paper import to_docx, to_pdf

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
WIDTH = 100  # characters of all columns of a sheet


@dataclass(frozen=True)
class Part:
    """``empty`` stands where there are no rows; ``widths`` are shares of the line."""

    title: str
    head: list[str]
    rows: list[list[Any]]
    widths: tuple[int, ...]
    empty: str


@dataclass(frozen=True)
class Year:
    board: Board
    year: int
    made_by: Any
    made_at: datetime
    catalogue: str
    parts: list[Part]

    @property
    def title(self) -> str:
        return _("What was learned in %(year)d") % {"year": self.year}


def year_of(board: Board, user: Any, year: int, *, at: datetime) -> Year:
    """Improvements gathered in that year, then the figures of all reviews as they stand."""
    rows = queries.learned(board, user, queries.Chosen()).filter(gathered_at__year=year)
    found = queries.figures(board, user, split(""))
    version = found.version
    catalogue = f"{version.title}, {version.edition}" if version else ""
    parts = [_improvements(rows), _questions(found), _markers(found)]
    return Year(board, year, user, at, catalogue, parts)


def _improvements(rows: Iterable[Improvement]) -> Part:
    lines = [
        [
            theme,
            str(row.marker or _("The whole")),
            row.gathered_text,
            row.gathered_quote,
            on_screen(timezone.localdate(row.gathered_at)),
            row.review.reference if row.seen else "",  # type: ignore[attr-defined]
        ]
        for row in rows
        for theme in [each.name for each in row.themes.all()] or [_("Without a theme")]
    ]
    lines.sort(key=lambda line: (line[0] == _("Without a theme"), line[0].casefold()))
    return Part(
        _("Improvements, by theme"),
        [_("Theme"), _("Marker"), _("What to do otherwise"), _("Quote"), _("Gathered"), _("Case")],
        lines,
        (2, 2, 5, 4, 2, 2),
        _("Nothing was gathered in that year."),
    )


def _questions(found: Figures) -> Part:
    return Part(
        _("Questions often partly or not in place"),
        [_("Question"), _("Its words"), _("Partly or not in place"), _("Of these not in place")],
        [[row.thing.reference, row.thing.text, *_numbers(row)] for row in found.often],
        (1, 6, 2, 2),
        _("There is no number that may be shown."),
    )


def _markers(found: Figures) -> Part:
    return Part(
        _("Markers left to the end"),
        [_("Marker"), _("Not looked at before looking back"), _("Not looked at even then")],
        [[str(row.thing), *_numbers(row)] for row in found.left],
        (4, 2, 2),
        _("There is no number that may be shown."),
    )


def _numbers(row: Row) -> list[str]:
    totals = (row.first.total, row.second.total)
    return [_("not shown") if total is None else str(total) for total in totals]


def notes(year: Year) -> list[str]:
    """What a reader has to know of the file, whichever it is."""
    said = _("Numbers of reviews. 1 to 4, and what would give such a number away, is not shown.")
    counted = _("Reviews whose self-assessments are signed and which the person named may see.")
    found = [said, counted]
    if year.catalogue:
        found.append(_("Questions as in: %(catalogue)s") % {"catalogue": year.catalogue})
    return found


def write(year: Year, kind: str) -> bytes:
    """Raises KeyError for a kind that there is not."""
    writers = {"pdf": _pdf, "docx": _docx, "xlsx": _excel, "csv": _csv}
    return writers[kind](year)


def _paper(year: Year) -> Paper:
    return Paper(
        title=year.title,
        reference=year.board.name,
        board=year.board.name,
        marking=Review.Marking.OFFICIAL.label,
        version=_("As it stood on %(day)s") % {"day": on_screen(_day(year))},
        made_by=str(year.made_by),
        made_at=year.made_at,
        sections=[
            *(Section(part.title, [_table(part)]) for part in year.parts),
            Section(_("How to read this"), [Note(" ".join(notes(year)))]),
        ],
        state=_("What this reader may read"),
    )


def _table(part: Part) -> Block:
    return Table(part.head, part.rows, part.widths) if part.rows else Note(part.empty)


def _pdf(year: Year) -> bytes:
    return to_pdf(_paper(year))


def _docx(year: Year) -> bytes:
    return to_docx(_paper(year))


def _excel(year: Year) -> bytes:
    from scr_portal.core import excel  # not before it is wanted: openpyxl is large

    sheets = [
        excel.Table(
            part.title,
            part.head,
            part.rows or [[part.empty]],
            [max(8, WIDTH * share // sum(part.widths)) for share in part.widths],
        )
        for part in year.parts
    ]
    sheets.append(
        excel.Table(_("How to read this"), [year.title], [[n] for n in notes(year)], [90])
    )
    return excel.write(
        sheets,
        title=f"{year.board.name}: {year.title}",
        made_at=year.made_at,
        made_by=str(year.made_by),
    )


def _csv(year: Year) -> bytes:
    heads = [year.board.name, year.title, on_screen(_day(year)), str(year.made_by)]
    rows: list[list[Any]] = []
    for part in year.parts:
        rows += [[], [part.title], part.head, *(part.rows or [[part.empty]])]
    rows += [[], *([note] for note in notes(year))]
    return csv_table.write(heads, rows)


def _day(year: Year) -> date:
    return timezone.localdate(year.made_at)
