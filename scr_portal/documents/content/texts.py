"""Plain text has no mark of its own: it is what can be read as text from end to end."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from scr_portal.core.reasons import Refused
from scr_portal.documents import names

_PIECE = 64 * 1024
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Old programs end a page with a form feed and a file with ctrl-Z.
_CONTROLS = frozenset(map(chr, [*range(32), 127])) - set("\t\n\r\f\x1a")
# Formats that are made of letters and are still no plain text.
_OTHER = ("{\\rtf", "%!ps", "<!doctype", "<html", "<?xml", "<svg", "<script", "<?php", "#!")
# A cell that a spreadsheet works out when it opens the table. ="007" keeps the noughts of a number.
_FORMULA = re.compile(
    r'(?:^|[,;\t\r\n])[" ]*(?:=(?!"+\d*"+)\s*["A-Za-z0-9(@+-]|[@+-]\s*[A-Za-z]\w*[(|!])'
)


def inspect(file: IO[bytes], name: str) -> None:
    """Raises Refused."""
    beginning, is_table, rest = "", names.split(name)[1].lower() == ".csv", ""
    for text in decoded(file, name):
        if _CONTROLS & set(text):
            raise Refused(_no_text(name))
        beginning = beginning or text[:200].lstrip("\ufeff \t\r\n").lower()
        if is_table and _FORMULA.search(rest + text):
            raise Refused(_formula(name))
        rest = text[-200:]
    if is_table and beginning.startswith("id;"):
        raise Refused(_formula(name))
    if beginning.startswith(_OTHER):
        raise Refused(
            _(
                "“%(name)s” holds a web page, a script or formatted text, not plain text. Save it "
                "as a Word document or a PDF."
            )
            % {"name": name}
        )


def decoded(file: IO[bytes], name: str) -> Iterator[str]:
    """In pieces; as UTF-8, as UTF-16 with its mark, or as Windows wrote it."""
    for encoding in _encodings(file):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            # Read once before anything is given out: another encoding may be the right one.
            for piece in _pieces(file):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        decoder.reset()
        yield from (decoder.decode(piece) for piece in _pieces(file))
        return
    raise Refused(_no_text(name))


def _encodings(file: IO[bytes]) -> list[str]:
    file.seek(0)
    head = file.read(4)
    marked = [encoding for mark, encoding in _MARKS.items() if head.startswith(mark)]
    return marked or ["utf-8", "cp1252"]


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _formula(name: str) -> str:
    """Also for tables that begin with ID, which Excel reads as another format, with macros."""
    return _(
        "“%(name)s” holds a formula, which a spreadsheet would work out as soon as it is opened. "
        "Save it as an Excel workbook, or with values instead of formulas."
    ) % {"name": name}


def _no_text(name: str) -> str:
    return _(
        "“%(name)s” is not plain text. Open it in the program that made it and save it as a PDF "
        "or a Word document."
    ) % {"name": name}
