"""A letter on plain paper, as PDF and as Word: for a reader, not for a file of the board's.

No marking, no numbers before the paragraphs. A line that begins with ``# `` is a heading, one with
``- `` a point of a list; a blank line parts paragraphs. An airy sheet (easy read) gives each line
room of its own.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header

from scr_portal.core import pdf
from scr_portal.core.paper import KINDS, file_name
from scr_portal.core.passages import pieces

# Writings that the fonts of static/print/fonts draw, and other first words of letters' names.
DRAWN = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "BENGALI", "DEVANAGARI", "GUJARATI"}
    | {"GURMUKHI", "TAMIL", "COMBINING", "MODIFIER", "FEMININE", "MASCULINE", "MICRO"}
)
LRM = "\u200e"  # the mark of a direction, which is not drawn
_NUMBER = re.compile(r"\+?\(?\d[\d ()/.-]*\d")
ALIKE = frozenset({"Latin", "Cyrillic", "Greek"})


@dataclass(frozen=True)
class Part:
    """``kind`` is heading, text or list; a heading and a text have one line."""

    kind: str
    lines: list[str]

    @property
    def pieces(self) -> list[str]:
        return list(pieces(self.lines[0]))


@dataclass(frozen=True)
class Sheet:
    title: str
    text: str
    board: str
    reference: str
    day: str
    made_at: datetime
    language: str = "en-GB"
    writing: str = "Latin"
    rtl: bool = False
    points: int = 12
    airy: bool = False

    @property
    def size(self) -> int:
        """Points of the text: a writing that joins its letters is drawn smaller than ours."""
        return self.points + (0 if self.writing in ALIKE else 2)

    @property
    def parts(self) -> list[Part]:
        return parts(self.in_order(self.text), airy=self.airy)

    @property
    def heading(self) -> str:
        return self.in_order(self.title)

    def in_order(self, text: str) -> str:
        """A telephone number between words read from the right keeps its groups in order."""
        return _NUMBER.sub(lambda found: f"{LRM}{found[0]}{LRM}", text) if self.rtl else text

    @property
    def made_on(self) -> datetime:
        return timezone.localtime(self.made_at, timezone.get_fixed_timezone(0))


def parts(text: str, *, airy: bool = False) -> list[Part]:
    found: list[Part] = []
    goes_on = False
    for line in pdf.carriable(text).split("\n"):
        mark, words = line[:2], line[2:].strip()
        if mark in {"# ", "- "} and words:
            _add(found, mark, words)
            goes_on = False
        elif not line.strip():
            goes_on = False
        elif goes_on and not airy:
            found[-1] = Part("text", [f"{found[-1].lines[0]}\n{line.strip()}"])
        else:
            found.append(Part("text", [line.strip()]))
            goes_on = True
    return found


def _add(found: list[Part], mark: str, words: str) -> None:
    if mark == "- " and found and found[-1].kind == "list":
        found[-1].lines.append(words)
    else:
        found.append(Part("heading" if mark == "# " else "list", [words]))


def undrawn(text: str) -> list[str]:
    """Writings in the text for which no font is shipped: a PDF may show boxes in their place."""
    names = {unicodedata.name(each, "").partition(" ")[0] for each in text if each.isalpha()}
    return sorted(name.capitalize() for name in names if name and name not in DRAWN)


def to_pdf(sheet: Sheet) -> bytes:
    return pdf.render(render_to_string("core/sheet.html", {"sheet": sheet}))


def to_docx(sheet: Sheet) -> bytes:
    from scr_portal.core import word_sheet

    return word_sheet.write(sheet)


def response(sheet: Sheet, kind: str, *, what: str) -> HttpResponse:
    """The file as an attachment, kept by nobody on the way; Http404 where there is no such kind."""
    if kind not in KINDS:
        raise Http404
    name = file_name(sheet.reference, what, timezone.localdate(sheet.made_at), kind)
    return HttpResponse(
        to_pdf(sheet) if kind == "pdf" else to_docx(sheet),
        content_type=KINDS[kind],
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
