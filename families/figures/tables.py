"""The figures as a table that leaves the portal."""

from typing import Any

from django.utils.translation import gettext as _

from families.figures import rules
from families.figures.queries import Figures
from scr_portal.core import csv_table


def number(value: int | None) -> int | str:
    return _("not shown") if value is None else value


def as_csv(found: Figures, *, board: str, made: str) -> bytes:
    rows: list[list[Any]] = [
        [_("Numbers of reviews. 1 to 4, and what would give such a number away, is not shown.")],
        [_("Who"), _("What"), *[str(band) for band in found.bands], _("All years")],
    ]
    for group in rules.GROUPS:
        for line in group.lines:
            cells = found.shown.get(line.key)
            if cells:
                numbers = [number(each) for each in (*cells.bands, cells.total)]
                rows.append([str(group.label), str(line.label), *numbers])
    return csv_table.write([_("Families in reviews"), board, made], rows)
