"""A table as a CSV file that spreadsheets open rightly, and that holds no formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from scr_portal.core.pdf import carriable

# What a spreadsheet takes for a formula, whoever wrote it; the wide signs are those of an East
# Asian keyboard.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Without it Excel reads our letters in the encoding of its own country.
_BYTE_ORDER_MARK = "\ufeff"


def write(heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A text that begins like a formula has an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text).writerows([_cell(each) for each in row] for row in (heads, *rows))
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _cell(value: Any) -> Any:
    return safe(carriable(value)) if isinstance(value, str) else value
