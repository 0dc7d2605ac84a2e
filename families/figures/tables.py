"""The figures as a table that leaves the portal."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from families.figures import rules
from families.figures.queries import Figures

# What a spreadsheet takes for a formula, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Without it Excel reads our letters in the encoding of its own country.
BYTE_ORDER_MARK = "\ufeff"


def safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def number(value: int | None) -> int | str:
    return _("not shown") if value is None else value


def as_csv(found: Figures, *, board: str, made: str) -> str:
    rows: list[list[Any]] = [
        [_("Families in reviews"), board, made],
        [_("Numbers of reviews. 1 to 4, and what would give such a number away, is not shown.")],
        [_("Who"), _("What"), *[str(band) for band in found.bands], _("All years")],
    ]
    for group in rules.GROUPS:
        for line in group.lines:
            cells = found.shown.get(line.key)
            if cells:
                numbers = [number(each) for each in (*cells.bands, cells.total)]
                rows.append([str(group.label), str(line.label), *numbers])
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()
