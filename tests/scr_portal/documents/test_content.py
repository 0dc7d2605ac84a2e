"""What is let in and what is refused, each by its content."""

import io
import struct
import zipfile

import pytest

from scr_portal.core.reasons import Refused
from scr_portal.documents.content import archive, inspect
from scr_portal.documents.kinds import LARGEST, Kind
from tests.scr_portal.documents import files

UTF_16 = "A word, and another".encode("utf-16")
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 60


def look(content: bytes, name: str) -> Kind:
    return inspect(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", files.docx(), Kind.DOCX),
        ("A.DOCX", files.docx(), Kind.DOCX),
        ("a.xlsx", files.xlsx("One", "Two"), Kind.XLSX),
        ("a.pptx", files.pptx("One", "Two"), Kind.PPTX),
        ("a.pdf", files.pdf(), Kind.PDF),
        ("a.png", files.png(), Kind.PNG),
        ("a.jpg", files.jpeg(), Kind.JPEG),
        ("a.jpeg", files.jpeg(4000, 3000), Kind.JPEG),
        ("a.txt", b"Plain words\r\n", Kind.TXT),
        ("a.txt", "Zażółć gęślą jaźń".encode(), Kind.TXT),
        ("a.txt", UTF_16, Kind.TXT),
        ("a.txt", "It’s Siân".encode("cp1252"), Kind.TXT),
        ("a.csv", b"name;date\nA;2026-03-02\n", Kind.CSV),
        ("a.eml", files.eml(), Kind.EML),
        ("a.eml", files.eml("MZ asked about Monday"), Kind.EML),
        ("a.eml", files.eml("Both", ("minutes.docx", files.docx()), ("x.ics", b"BEGIN")), Kind.EML),
        ("a.msg", files.msg(), Kind.MSG),
        (
            "chart.docx",
            files.docx(**{"word/embeddings/Sheet1.xlsx": files.xlsx("One")}),
            Kind.DOCX,
        ),
        (
            "linked.docx",
            files.docx(
                **{
                    "word/_rels/document.xml.rels": files.relationships(
                        ("hyperlink", "https://example.org/", "External"),
                        ("attachedTemplate", r"file:///\\office\templates\letter.dotx", "External"),
                        ("attachedTemplate", r"C:\templates\letter.dotx", "External"),
                    )
                }
            ),
            Kind.DOCX,
        ),
        ("printer.xlsx", files.xlsx(**{"xl/printerSettings/one.bin": b"\x01\0\2"}), Kind.XLSX),
    ],
)
def test_what_a_review_works_with_is_let_in(name, content, kind):
    assert look(content, name) == kind


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
LEGACY = [("WordDocument", "docx"), ("Workbook", "xlsx"), ("PowerPoint Document", "pptx")]


def rels(kind: str, target: str) -> bytes:
    part = files.relationships((kind, target, "External"))
    return files.docx(**{"word/_rels/settings.xml.rels": part})


def locked_zip() -> bytes:
    content = bytearray(files.docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


def twice() -> bytes:
    held = io.BytesIO(files.docx())
    with zipfile.ZipFile(held, "a") as parts:
        parts.writestr("WORD/document.xml", "<other/>")
    return held.getvalue()


def with_size(content: bytes, name: str, size: int) -> bytes:
    """The same archive, whose list says another size for one part."""
    changed = bytearray(content)
    at = content.rfind(name.encode()) - 46
    assert changed[at : at + 4] == b"PK\x01\x02"
    changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


HOSTILE = {
    "a zip named .docx": ("plan.docx", files.zipped({"plan.txt": "Plan"}), "is an archive"),
    "a zip": ("plan.zip", files.zipped({"plan.txt": "Plan"}), "is an archive"),
    "word without its list": ("a.docx", files.zipped({"word/document.xml": "x"}), "an archive"),
    "a list without word": (
        "a.docx",
        files.zipped({"[Content_Types].xml": files.content_types(files.DOCUMENT)}),
        "an archive",
    ),
    "macros by part": ("a.docx", files.docx(**{"word/vbaProject.bin": b"x"}), "holds macros"),
    "macros by list": ("a.docx", files.docx(types=(MACRO,)), "holds macros"),
    "macros of Excel 4": ("a.xlsx", files.xlsx(**{"xl/macrosheets/s.xml": "<a/>"}), "holds macros"),
    "a control": ("a.docx", files.docx(**{"word/activeX/activeX1.xml": "<a/>"}), "holds macros"),
    "a program inside": ("a.docx", files.docx(**{"word/media/x.png": EXE}), "may be a program"),
    "a program by name": ("a.docx", files.docx(**{"word/x.exe": b"text"}), "may be a program"),
    "an OLE package": (
        "a.docx",
        files.docx(**{"word/embeddings/oleObject1.bin": files.ole(("Package", b"x"))}),
        "may be a program",
    ),
    "a zip in a document": (
        "a.docx",
        files.docx(**{"word/media/x.zip": files.zipped({"a": "b"})}),
        "may be a program",
    ),
    "macros in a document's workbook": (
        "a.docx",
        files.docx(**{"word/embeddings/a.xlsx": files.xlsx(**{"xl/vbaProject.bin": b"x"})}),
        "may be a program",
    ),
    "a workbook in a workbook in a document": (
        "a.docx",
        files.docx(
            **{"word/embeddings/a.xlsx": files.xlsx(**{"xl/embeddings/b.xlsx": files.xlsx("deep")})}
        ),
        "may be a program",
    ),
    "a template from the internet": (
        "a.docx",
        rels("attachedTemplate", "https://example.org/t.dotm"),
        "fetches something",
    ),
    "an object from the internet": (
        "a.docx",
        rels("oleObject", "mhtml:http://example.org/x!y"),
        "fetches something",
    ),
    "DDE": (
        "a.xlsx",
        files.xlsx(**{"xl/externalLinks/e1.xml": f'<e xmlns="{files.SHEET}"><ddeLink/></e>'}),
        "fetches something",
    ),
    "a locked part": ("a.docx", locked_zip(), "locked with a password"),
    "a locked document": ("a.docx", files.ole(("EncryptedPackage", b"x")), "by a password"),
    "an entity that grows": (
        "a.docx",
        files.zipped(
            {
                "[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>',
                "word/document.xml": "<a/>",
            }
        ),
        "is damaged",
    ),
    "two parts of one name": ("a.docx", twice(), "is damaged"),
    "a part with a path": ("a.docx", files.docx(**{"../../etc/cron.d/x": "x"}), "is damaged"),
    "half a document": ("a.docx", files.docx()[:200], "is damaged"),
    "a part larger than it says": (
        "a.docx",
        with_size(files.docx("x" * 5000), "word/document.xml", 10),
        "is damaged",
    ),
    "a zip bomb": ("a.docx", files.docx("0" * (30 * 1024 * 1024)), "zip bomb"),
    "a bomb of many parts": (
        "a.docx",
        files.zipped({f"word/{number}": "" for number in range(archive.MOST_PARTS + 1)}),
        "zip bomb",
    ),
    "a bomb that declares": (
        "a.docx",
        with_size(files.docx(), "word/document.xml", 2**32 - 2),
        "zip bomb",
    ),
    "PDF that is none": ("a.pdf", b"%PDF-1.7 and then nothing of it", "not a whole one"),
    "PDF by name alone": ("a.pdf", b"Dear coroner", "is not a PDF inside"),
    "PDF behind something": ("a.pdf", b"\n\n" + files.pdf(), "is not a PDF inside"),
    "a page in a PDF": (
        "a.pdf",
        files.pdf(head=b"%PDF-1.7 <html><script>alert(1)</script>\n"),
        "a web page and a PDF",
    ),
    "a page behind a PDF": ("a.pdf", files.pdf(tail=b"<html>"), "a web page and a PDF"),
    "a zip behind a PDF": ("a.pdf", files.pdf(tail=files.zipped({"a": "b"})), "hidden behind"),
    "a zip behind a picture": ("a.jpg", files.jpeg(tail=files.zipped({"a": "b"})), "hidden behind"),
    "something behind a picture": ("a.png", files.png(tail=b"more"), "is damaged or holds more"),
    "a picture cut off": ("a.png", files.png()[:-6], "is damaged"),
    "a picture without a frame": ("a.jpg", b"\xff\xd8\xff\xd9" + b"x" * 40, "is damaged"),
    "a flood of pixels": ("a.png", files.png(60_000, 60_000), "60000 by 60000 pixels"),
    "a flood of pixels in JPEG": ("a.jpg", files.jpeg(65_000, 65_000), "65000 by 65000 pixels"),
    "NUL in text": ("a.txt", b"Words\0and more", "is not plain text"),
    "a control in a table": ("a.csv", b"a;b\x1b[2J", "is not plain text"),
    "a page as text": ("a.txt", b"  <!DOCTYPE html><script>", "a web page, a script"),
    "a program as text": ("a.txt", EXE, "is not plain text"),
    "a program": ("a.exe", EXE, "can't be taken"),
    "a program with a turned name": ("a.docx", EXE, "is not a Word document inside"),
    "an email that is none": ("a.eml", b"Dear all,\n\nno headers", "is not an email"),
    "a program in an email": ("a.eml", files.eml("x", ("a.pdf", EXE)), "carries “a.pdf”"),
    "a script in an email": ("a.eml", files.eml("x", ("a.js", b"x")), "carries “a.js”"),
    "a zip in an email": ("a.eml", files.eml("x", ("a.zip", b"PK\x03\x04x")), "carries “a.zip”"),
    "macros in an email": (
        "a.eml",
        files.eml("x", ("a.docx", files.docx(**{"word/vbaProject.bin": b"x"}))),
        "carries “a.docx”",
    ),
    "a compound file of nobody": ("a.msg", files.ole(("Something", b"x")), "can't be read"),
    "half a compound file": ("a.msg", files.msg()[:700], "can't be read"),
    "no bytes": ("a.pdf", b"", "is empty"),
    "no ending": ("minutes", files.docx(), "ends in .docx"),
    "another ending": ("minutes.pdf", files.docx(), "is a Word document inside"),
    "two endings": ("minutes.pdf.exe", files.pdf(), "ends in .pdf"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_may_do_harm_is_refused_with_a_sentence(case):
    name, content, sentence = HOSTILE[case]
    with pytest.raises(Refused) as refused:
        look(content, name)
    assert sentence in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize(("stream", "ending"), LEGACY)
def test_old_office_files_are_to_be_saved_anew(stream, ending):
    with pytest.raises(Refused, match=rf"save it as \.{ending}"):
        look(files.ole((stream, b"x")), "old.doc")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with path.open("rb") as file, pytest.raises(Refused, match="larger than 100 MB"):
        inspect(file, "large.pdf")


def test_a_large_document_is_looked_through_in_little_memory(tmp_path):
    import os
    import tracemalloc

    path = tmp_path / "large.docx"
    with zipfile.ZipFile(path, "w") as parts:
        with zipfile.ZipFile(io.BytesIO(files.docx())) as small:
            for name in small.namelist():
                parts.writestr(name, small.read(name))
        with parts.open("word/media/image1.emf", "w") as part:
            for _piece in range(60):
                part.write(b"\x01\0\0\0" + os.urandom(1024 * 1024))
    with path.open("rb") as file:
        tracemalloc.start()
        assert inspect(file, "large.docx") == Kind.DOCX
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
        tracemalloc.stop()
