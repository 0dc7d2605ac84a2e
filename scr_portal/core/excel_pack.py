"""A pack of questions as an Excel file, and back: a sheet for each group, a row for each item.

The keys stand in a hidden column, the names of the columns in a hidden row, and the key of the file
on a hidden sheet with the words of the lists. All but the boxes is protected, without a password:
it keeps from mistakes, and what is read is checked by its keys.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from scr_portal.core import excel
from scr_portal.core.fill_in import Column, Filled, Group, Item, Pack, Returned

_KEYS = "portal"
_FIRST = 4
"""The columns of the boxes begin here, after key, number and wording."""
_HEADS, _ITEMS = 4, 5
_SIDE = Side(style="thin", color="9DBFBD")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_SHADE = PatternFill("solid", "E3EEED")
_PLAIN, _BOLD = Font(name="Arial", size=10), Font(name="Arial", size=10, bold=True)
_LARGE = Font(name="Arial", size=15, bold=True, color="083639")
_OPEN = Protection(locked=False)


def write(pack: Pack) -> bytes:
    book = Workbook()
    _cover(book.active, pack)
    _hidden(book.create_sheet(_KEYS), pack)
    names: set[str] = {_KEYS}
    for group in pack.groups:
        _sheet(book.create_sheet(excel.name(group.name, names)), group, pack)
    return excel.finished(book, title=pack.title, made_at=pack.made_at)


def read(content: bytes) -> Returned:
    """Raises Refused, as excel.read does."""
    found = Returned()
    for name, rows in excel.read(content).items():
        if name == _KEYS:
            found.key = rows[0][0].strip() if rows and rows[0] else ""
        elif rows:
            found.items.extend(_items(rows))
    return found


# --- writing --------------------------------------------------------------------------------------


def _cover(sheet: Any, pack: Pack) -> None:
    sheet.title = _("How to")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    _put(sheet.cell(1, 1), pack.title, _LARGE, wrap=False)
    row = 3
    for label, words in pack.facts:
        _put(sheet.cell(row, 1), label, _BOLD)
        _put(sheet.cell(row, 2), words, _PLAIN)
        row += 1
    for number, sentence in enumerate(pack.how, start=1):
        _put(sheet.cell(row + number, 1), f"{number}.", _BOLD)
        _put(sheet.cell(row + number, 2), sentence, _PLAIN)
    excel.print_set_up(sheet, pack.title, pack.marking)
    sheet.page_setup.orientation, sheet.freeze_panes, sheet.print_title_rows = (
        "portrait",
        None,
        None,
    )


def _hidden(sheet: Any, pack: Pack) -> None:
    sheet.sheet_state = "veryHidden"
    sheet["A1"] = pack.key
    for at, column in enumerate(pack.columns, start=2):
        for row, words in enumerate(column.choices, start=1):
            _put(sheet.cell(row, at), words, _PLAIN)


def _sheet(sheet: Any, group: Group, pack: Pack) -> None:
    last = _FIRST + len(pack.columns) - 1
    _put(sheet.cell(2, 2), group.title, _LARGE, wrap=False)
    _put(sheet.cell(3, 2), group.intro, _PLAIN)
    sheet.merge_cells(start_row=3, start_column=2, end_row=3, end_column=last)
    width = 53 + sum(column.width for column in pack.columns)
    sheet.row_dimensions[3].height = _height(group.intro, width)
    for at, label in ((2, _("Number")), (3, _("Question"))):
        _put(sheet.cell(_HEADS, at), label, _BOLD, fill=_SHADE)
    for at, column in enumerate(pack.columns, start=_FIRST):
        sheet.cell(1, at).value = column.name
        _put(sheet.cell(_HEADS, at), column.label, _BOLD, fill=_SHADE)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    row = _ITEMS
    for item in group.items:
        row = _row(sheet, row, item, pack.columns)
    _lists(sheet, pack.columns, row - 1)
    excel.print_set_up(sheet, pack.title, pack.marking)
    _protect(sheet)


def _row(sheet: Any, row: int, item: Item, columns: Sequence[Column]) -> int:
    """The number of the next one: a text that is too long for a cell goes on in the row below."""
    sheet.cell(row, 1).value = item.key
    _put(sheet.cell(row, 2), item.number, _BOLD)
    _put(sheet.cell(row, 3), item.words, _PLAIN)
    lines = list(excel.lines([item.texts.get(column.name) for column in columns]))
    for below, texts in enumerate(lines):
        for at, (column, text) in enumerate(zip(columns, texts, strict=True), start=_FIRST):
            cell = sheet.cell(row + below, at)
            _put(cell, str(text or ""), _PLAIN, fill=None if column.name in item.texts else _SHADE)
            if column.name in item.texts:
                # As text: a day or a sum typed into it stays what was typed.
                cell.protection, cell.number_format = _OPEN, "@"
    return row + len(lines)


def _put(cell: Any, words: str, font: Font, *, fill: Any = None, wrap: bool = True) -> None:
    """Always a text, never a formula."""
    cell.font = font
    if wrap:
        cell.alignment, cell.border = _WRAPPED, _GRID
    if fill:
        cell.fill = fill
    if words:
        cell.value = excel.text(words)
        cell.data_type, cell.quotePrefix = "s", True


def _lists(sheet: Any, columns: Sequence[Column], last: int) -> None:
    for at, column in enumerate(columns, start=_FIRST):
        if not column.choices:
            continue
        source, here = get_column_letter(at - _FIRST + 2), get_column_letter(at)
        choices = DataValidation(
            type="list",
            formula1=f"'{_KEYS}'!${source}$1:${source}${len(column.choices)}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=column.label,
            error=_("Choose one from the list."),
        )
        choices.add(f"{here}{_ITEMS}:{here}{last}")
        sheet.add_data_validation(choices)


def _protect(sheet: Any) -> None:
    sheet.row_dimensions[1].hidden = sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 8, 45
    sheet.freeze_panes = sheet.cell(_ITEMS, _FIRST)
    sheet.print_title_rows = f"{_HEADS}:{_HEADS}"
    sheet.protection.sheet = True
    # What stays allowed: rows and columns may be made larger, to read what is in them.
    sheet.protection.formatRows = sheet.protection.formatColumns = False


def _height(text: str, width: int) -> float:
    """Excel does not find the height of merged cells by itself."""
    lines = sum(1 + len(line) // width for line in text.split("\n"))
    return min(409.0, 14.0 * lines + 4)


# --- reading --------------------------------------------------------------------------------------


def _items(rows: list[list[str]]) -> Iterator[Filled]:
    names = {at: name for at, name in enumerate(rows[0]) if at >= _FIRST - 1 and name}
    item: Filled | None = None
    for row in rows[_HEADS:] if names else ():
        cells = dict(enumerate(row))
        texts = {name: cells.get(at, "") for at, name in names.items()}
        if key := cells.get(0, "").strip():
            heading = f"{cells.get(1, '')} {cells.get(2, '')}".strip()
            if item:
                yield item
            item = Filled(key=key, heading=heading, texts=texts)
        elif item:
            # It goes on from the row above.
            item.texts = {name: item.texts[name] + text for name, text in texts.items()}
    if item:
        yield item
