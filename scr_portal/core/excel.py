"""Tables as an Excel file, and back; openpyxl is imported here and in excel_pack.py alone.

What people wrote is never a formula: each cell is a text by its type, and marked as one, so that a
spreadsheet leaves it a text when somebody edits it. Hence nothing is put before a text and what is
read is what was written. The same tables are the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from scr_portal.core import zipped
from scr_portal.core.pdf import carriable
from scr_portal.core.reasons import Refused

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 400_000
MOST_SHEETS, MOST_PARTS = 100, 1_000
MOST_PLACES = 10 * MOST_CELLS
"""Cells with nothing in them as well: for one far to the right its whole row is read."""
LARGEST = 20 * 2**20
"""Bytes of a file, before and after it is unpacked: ten times what 107 full answers take."""
LONGEST_CELL = 32_767
"""Characters that Excel keeps of a cell; openpyxl cuts off the rest without a word."""
_PIECE = LONGEST_CELL // 2  # a character beyond the first plane counts twice
_NAME_LENGTH = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
# How Excel says a character by its number: a text that looks like it says its own first letter so.
_LOOKS_SAID = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SAID = re.compile(r"_x005[Ff]_?(?=x[0-9A-Fa-f]{4}_)|_x000[Dd]_")
_HEAD = {"font": Font(name="Arial", size=10, bold=True), "fill": PatternFill("solid", "DCE9E8")}
_TEXT = {"font": Font(name="Arial", size=10)}
_WRAPPED = Alignment(wrap_text=True, vertical="top")

Cell = str | int | None


@dataclass(frozen=True)
class Table:
    """``widths`` in characters, one a column. ``heads`` is the first row and stays in view."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = field(default=())


def write(
    sheets: Sequence[Table], *, title: str, made_at: datetime, made_by: str = "", marking: str = ""
) -> bytes:
    """``marking`` stands on every printed page, with the title and the number of the page.

    A text longer than a cell holds goes on in the row below, which is empty otherwise.
    """
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for table in sheets:
        sheet = book.create_sheet(name(table.name, taken))
        print_set_up(sheet, title, marking)
        _columns(sheet, table)
        sheet.append([_cell(sheet, head, _HEAD) for head in table.heads])
        for row in table.rows:
            for line in lines(row):
                sheet.append([_cell(sheet, each, _TEXT) for each in line])
    return finished(book, title=title, made_at=made_at, made_by=made_by)


def finished(book: Any, *, title: str, made_at: datetime, made_by: str = "") -> bytes:
    """The book as bytes, with no time in it but the one it was made at, as files say it: UTC."""
    raw = io.BytesIO()
    said = book.properties
    said.title, said.creator, said.lastModifiedBy = title, made_by or title, made_by or title
    made = timezone.localtime(made_at, timezone.get_fixed_timezone(0)).replace(tzinfo=None)
    said.created = said.modified = made.replace(microsecond=0)
    said.language = "en-GB"
    ExcelWriter(book, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)).save()
    return zipped.without_times(raw)


def text(value: str) -> str:
    """As a cell carries it and Excel gives it back."""
    return _LOOKS_SAID.sub("_x005F_", carriable(value))


def read(content: bytes) -> dict[str, list[list[str]]]:
    """Every cell as text, without empty rows at the end; a row keeps its number.

    Raises Refused where it is no Excel file, has macros in it, or is too much to read.
    """
    checked(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        places = _Places()
        return {sheet.title: list(_rows(sheet, places)) for sheet in _sheets(book)}
    except Refused:
        raise
    except Exception as error:
        # A file made to break readers breaks openpyxl in many ways, none of which is ours.
        raise Refused(_not_excel()) from error


def checked(content: bytes) -> None:
    """Looks into the zip file before anything is parsed. Raises Refused."""
    if len(content) > LARGEST:
        raise Refused(_too_much())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_into(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(_not_excel()) from error


# --- writing --------------------------------------------------------------------------------------


def name(wanted: str, taken: set[str]) -> str:
    """As Excel takes it: 31 characters, none of its own, and no two alike."""
    clean = _NOT_IN_A_NAME.sub(" ", carriable(wanted)).strip()[:_NAME_LENGTH] or _("Sheet")
    name, number = clean, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = clean[: _NAME_LENGTH - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name


def print_set_up(sheet: Any, title: str, marking: str) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for place in (sheet.oddHeader.center, sheet.oddFooter.center):
        place.text = _printed(marking) or None
    sheet.oddFooter.left.text = _printed(title) or None
    sheet.oddFooter.right.text = "&P / &N"


def _printed(words: str) -> str:
    """Excel takes 255 characters for all of a header; & begins a code of its own."""
    return carriable(words)[:80].replace("&", "&&")


def _columns(sheet: Any, table: Table) -> None:
    for number, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _cell(sheet: Any, value: Cell, style: dict[str, Any]) -> Any:
    cell = WriteOnlyCell(sheet, value if isinstance(value, int) else None)
    cell.font, cell.alignment = style["font"], _WRAPPED
    if "fill" in style:
        cell.fill = style["fill"]
    if isinstance(value, str) and value:
        cell.value = text(value)
        cell.data_type, cell.quotePrefix = "s", True
    return cell


def lines(row: Sequence[Cell]) -> Iterator[list[Cell]]:
    pieces = [_pieces(each) if isinstance(each, str) else [each] for each in row]
    for line in range(max(map(len, pieces), default=1)):
        yield [each[line] if line < len(each) else None for each in pieces]


def _pieces(value: str) -> list[str]:
    if len(text(value).encode("utf-16-le")) <= 2 * LONGEST_CELL:
        return [value]
    return [value[at : at + _PIECE] for at in range(0, len(value), _PIECE)]


# --- reading --------------------------------------------------------------------------------------


def _look_into(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise Refused(_too_much())
    names = {part.filename.lower() for part in parts}
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise Refused(_not_excel())
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused(_("The file has macros in it. Save it as an Excel workbook (.xlsx)."))
    # A document type is where entities are defined, and no Excel file has one.
    if any(b"<!DOCTYPE" in archive.read(part).replace(b"\0", b"") for part in parts):
        raise Refused(_not_excel())


def _sheets(book: Any) -> list[Any]:
    if len(book.worksheets) > MOST_SHEETS:
        raise Refused(_too_much())
    return list(book.worksheets)


@dataclass
class _Places:
    """Looked at in all sheets of a file."""

    seen: int = 0

    def look_at(self, row: Sequence[Any]) -> None:
        self.seen += len(row)
        if self.seen > MOST_PLACES:
            raise Refused(_too_much())


def _rows(sheet: Any, places: _Places) -> Iterator[list[str]]:
    # What a file says of its own size need not be true.
    sheet.reset_dimensions()
    empty, cells = 0, 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        places.look_at(row)
        values = [_said(each) for each in row]
        while values and not values[-1]:
            values.pop()
        cells += len(values)
        if number > MOST_ROWS or len(values) > MOST_COLUMNS or cells > MOST_CELLS:
            raise Refused(_too_much())
        if not values:
            empty += 1
            continue
        yield from ([] for _each in range(empty))
        empty = 0
        yield values


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return carriable(_SAID.sub(lambda found: "" if "D" in found[0].upper() else "_", str(value)))


def _not_excel() -> str:
    return _("The file can’t be read as an Excel workbook. Save it as .xlsx and choose it again.")


def _too_much() -> str:
    return _("The file holds more than the portal reads. Take out what does not belong in it.")
