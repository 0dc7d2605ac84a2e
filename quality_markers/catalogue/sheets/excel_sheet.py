"""A catalogue as an Excel workbook: one table each for itself, clusters, markers and questions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.catalogue.sheets.plain import FORMAT
from scr_portal.core.reasons import Refused

CATALOGUE, CLUSTERS, MARKERS, QUESTIONS = "Catalogue", "Clusters", "Markers", "Questions"
# The names of the columns belong to the format, as those of a YAML file do.
FACTS = {"format": "Format", "framework": "Framework", "title": "Title", "edition": "Edition"}
COLUMNS = {
    "number": "Number",
    "cluster": "Cluster",
    "title": "Title",
    "about_the_family": "About the family",
    "statement": "Quality statement",
    "rationale": "Why it matters",
    "knowledge": "Knowledge base",
    "equality": "Equality and diversity",
    "law": "Law and statutory guidance",
    "obstacles": "Common obstacles",
    "local_guidance": "Guidance of the board",
}
ASKED = {"marker": "Marker", "number": "Question", "text": "Text"}


def write(told: dict[str, Any], *, made_at: datetime) -> bytes:
    from scr_portal.core import excel  # not before it is wanted: openpyxl is large

    markers = told["markers"]
    return excel.write(
        [
            excel.Table(
                CATALOGUE, ("Field", "Value"), [(FACTS[key], told[key]) for key in FACTS], (16, 80)
            ),
            excel.Table(
                CLUSTERS,
                ("Number", "Title"),
                [(str(n), title) for n, title in enumerate(told["clusters"], start=1)],
                (10, 80),
            ),
            excel.Table(
                MARKERS,
                tuple(COLUMNS.values()),
                [[marker.get(key, "") for key in COLUMNS] for marker in markers],
                (9, 9, 30, 10, *(60,) * 7),
            ),
            excel.Table(
                QUESTIONS,
                tuple(ASKED.values()),
                [
                    (marker["number"], asked["number"], asked["text"])
                    for marker in markers
                    for asked in marker["questions"]
                ],
                (9, 9, 110),
            ),
        ],
        title=told["title"],
        made_at=made_at,
    )


def read(content: bytes) -> dict[str, Any]:
    """Raises Refused for what is no workbook, and for a table or column that is missing."""
    from scr_portal.core import excel

    sheets = {name.strip().lower(): rows for name, rows in excel.read(content).items()}
    facts = dict(_facts(_rows(sheets, CATALOGUE, {"field": "Field", "value": "Value"})))
    markers = list(_rows(sheets, MARKERS, COLUMNS))
    asked = list(_rows(sheets, QUESTIONS, ASKED))
    _refuse_strays({row["number"].strip() for row in markers}, asked)
    return {
        **facts,
        "clusters": [row["title"] for row in _rows(sheets, CLUSTERS, {"n": "Number", **_TITLE})],
        "markers": [_marker(row, asked) for row in markers],
    }


_TITLE = {"title": "Title"}


def _marker(row: dict[str, str], asked: list[dict[str, str]]) -> dict[str, Any]:
    number = row["number"].strip()
    questions = [
        {"number": each["number"], "text": each["text"]}
        for each in asked
        if each["marker"].strip() == number
    ]
    return {**row, "questions": questions}


def _facts(rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, str]]:
    keys = {head.lower(): key for key, head in FACTS.items()}
    for row in rows:
        if key := keys.get(row["field"].strip().lower()):
            yield key, row["value"].strip()


def _rows(
    sheets: dict[str, list[list[str]]], name: str, columns: dict[str, str]
) -> Iterator[dict[str, str]]:
    """A row without its first cell goes on with the texts of the one above it."""
    told = {"sheet": name, "format": FORMAT}
    if name.lower() not in sheets:
        raise Refused(_("This is not a catalogue: the workbook has no sheet “%(sheet)s”.") % told)
    rows = sheets[name.lower()]
    heads = [head.strip().lower() for head in (rows[0] if rows else [])]
    places: dict[str, int] = {}
    for key, head in columns.items():
        if head.lower() not in heads:
            told["head"] = head
            raise Refused(_("The sheet “%(sheet)s” has no column “%(head)s”.") % told)
        places[key] = heads.index(head.lower())
    yield from _joined(rows[1:], places)


def _joined(rows: list[list[str]], places: dict[str, int]) -> Iterator[dict[str, str]]:
    first = next(iter(places))
    held: dict[str, str] | None = None
    for row in rows:
        cells = {key: row[at] if at < len(row) else "" for key, at in places.items()}
        if not any(cells.values()):
            continue
        if held and not cells[first].strip():
            held = {key: held[key] + cells[key] for key in held}
            continue
        if held:
            yield held
        held = cells
    if held:
        yield held


def _refuse_strays(numbers: set[str], asked: list[dict[str, str]]) -> None:
    strays = {row["marker"].strip() for row in asked} - numbers
    if strays:
        raise Refused(
            [
                _("Questions are given for marker %(number)s, which is not in the sheet “Markers”.")
                % {"number": number}
                for number in sorted(strays)
            ]
        )
