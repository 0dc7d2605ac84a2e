"""Prints the text of one file: a program of its own, which knows no secret of the portal.

    python -I extract.py KIND < file > text

What a hostile file does to it ends with it: memory, processor time and files are limited, and what
was printed until then is kept.
"""

import codecs
import email
import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from html.parser import HTMLParser
from typing import Any

MOST_MEMORY = 1024**3
MOST_SECONDS = 60
MOST_TEXT = 8 * 1024**2
"""Bytes; the rest is not missed: reading.py keeps less."""

_OFFICE_PARTS = {
    "docx": r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml",
    "xlsx": r"xl/(sharedStrings|workbook|comments\d*|worksheets/sheet\d+)\.xml",
    "pptx": r"ppt/(slides/slide\d+|notesSlides/notesSlide\d+|comments/.*)\.xml",
}
_BREAKS = {"p", "br", "tr", "si", "row"}
_DONE_WITH = {"p", "si", "row", "sheetData"}
_MSG_STREAMS = ("0037", "0c1a", "0e04", "1000")  # subject, sender, to, text


def confine() -> None:
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_FSIZE: MOST_TEXT,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(what, (most, most))


def text_of(kind: str, file: io.BufferedReader) -> Iterator[str]:
    if kind in _OFFICE_PARTS:
        yield from _office(file, re.compile(_OFFICE_PARTS[kind], re.I))
    elif kind == "pdf":
        yield from _pdf(file)
    elif kind == "eml":
        yield from _eml(file)
    elif kind == "msg":
        yield from _msg(file)
    elif kind in {"txt", "csv"}:
        yield from _plain(file)


def _office(file: io.BufferedReader, wanted: re.Pattern[str]) -> Iterator[str]:
    from defusedxml.ElementTree import iterparse

    with zipfile.ZipFile(file) as parts:
        for name in sorted(filter(wanted.fullmatch, parts.namelist()), key=_in_order):
            with parts.open(name) as part:
                for _event, element in iterparse(part, forbid_dtd=True):
                    tag = element.tag.rpartition("}")[2]
                    yield from _words(tag, element)
                    if tag in _DONE_WITH:
                        element.clear()


def _in_order(name: str) -> tuple[bool, list[int], str]:
    """The body first; slide 2 before slide 10."""
    numbers = [int(each) for each in re.findall(r"\d+", name)]
    return not name.endswith(("document.xml", "sharedStrings.xml")), numbers, name


def _words(tag: str, element: Any) -> Iterator[str]:
    """Of one element of WordprocessingML, SpreadsheetML or DrawingML."""
    if tag == "t":
        yield element.text or ""
    elif tag == "c" and element.get("t") != "s":
        # A cell that holds no shared text: its number, or what its formula gave.
        yield from (f"{each.text or ''} " for each in element if each.tag.endswith("}v"))
    elif tag == "sheet":
        yield element.get("name", "") + "\n"
    elif tag == "tab":
        yield "\t"
    elif tag in _BREAKS:
        yield "\n"


def _pdf(file: io.BufferedReader) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("locked")
    for page in reader.pages:
        yield page.extract_text() + "\n"


def _eml(file: io.BufferedReader) -> Iterator[str]:
    message = email.message_from_binary_file(file, policy=policy.default)
    for header in ("subject", "from", "to", "cc", "date"):
        yield str(message.get(header, "")) + "\n"
    for part in message.walk():
        if name := part.get_filename():
            yield name + "\n"
        elif part.get_content_type() == "text/plain":
            yield part.get_content() + "\n"
        elif part.get_content_type() == "text/html":
            yield _without_tags(part.get_content()) + "\n"


def _without_tags(html: str) -> str:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign,assignment]
    parser.feed(html)
    return " ".join(found)


def _msg(file: io.BufferedReader) -> Iterator[str]:
    import olefile

    with olefile.OleFileIO(file) as ole:
        for stream in _MSG_STREAMS:
            for ending, encoding in (("001f", "utf-16-le"), ("001e", "cp1252")):
                name = f"__substg1.0_{stream}{ending}"
                if ole.exists(name):
                    yield ole.openstream(name).read().decode(encoding, "replace") + "\n"


def _plain(file: io.BufferedReader) -> Iterator[str]:
    content = file.read(MOST_TEXT)
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        # Not the end, maybe: half a letter there is no error.
        yield codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")().decode(content)
    except UnicodeDecodeError:
        yield content.decode("cp1252", "replace")


def main() -> None:
    confine()
    # NUL and halves of pairs have no place in PostgreSQL's text.
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", "ignore")
    for words in text_of(sys.argv[1], io.BufferedReader(io.FileIO(0, closefd=False))):
        out.write(words.replace("\0", " "))
        out.flush()


if __name__ == "__main__":
    main()
