"""A table as a CSV file that spreadsheets open rightly, and that holds no formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from scr_portal.core.pdf import carriable

# What a spreadsheet takes for a formula, whoever wrote it; the wide signs are those of an East
# Asian keyboard.
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
# Without it Excel reads our letters in the encoding of its own country.
_BYTE_ORDER_MARK = "\ufeff"


def write(heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A text that begins like a formula has an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in (heads, *rows))
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _safe(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    # Every line end is one sign by now.
    cell = carriable(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
