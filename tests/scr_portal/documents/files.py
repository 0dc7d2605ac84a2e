"""Files as tests need them, good and hostile, made anew each time: the repository holds none."""

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from typing import Any

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
DOCUMENT = f"{OFFICE}wordprocessingml.document.main+xml"
WORKBOOK = f"{OFFICE}spreadsheetml.sheet.main+xml"
SLIDES = f"{OFFICE}presentationml.presentation.main+xml"
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def content_types(*types: str) -> str:
    rows = "".join(
        f'<Override PartName="/part{number}" ContentType="{each}"/>'
        for number, each in enumerate(types)
    )
    return f'<?xml version="1.0"?><Types xmlns="{TYPES}">{rows}</Types>'


def zipped(parts: dict[str, Any], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def docx(text: str = "Minutes of the panel", *, types: tuple[str, ...] = (), **more: Any) -> bytes:
    """``more`` are further parts: ``**{"word/vbaProject.bin": b"…"}``."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": content_types(DOCUMENT, *types),
            "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
            "word/document.xml": body,
            **more,
        }
    )


def relationships(*rows: tuple[str, str, str]) -> str:
    """Type, target and mode of each."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{MAIN}{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"' if mode else "")
        + "/>"
        for number, (kind, target, mode) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'


def xlsx(*texts: str, **more: Any) -> bytes:
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(len(texts)))
    return zipped(
        {
            "[Content_Types].xml": content_types(WORKBOOK),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}"><sheets><sheet name="Costs"/></sheets>'
            "</workbook>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData><row>{cells}'
            "<c><v>4711</v></c></row></sheetData></worksheet>",
            **more,
        }
    )


def pptx(*slides: str) -> bytes:
    parts = {
        f"ppt/slides/slide{number}.xml": f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}"><a:p><a:r>'
        f"<a:t>{text}</a:t></a:r></a:p></p:sld>"
        for number, text in enumerate(slides, 1)
    }
    return zipped(
        {
            "[Content_Types].xml": content_types(SLIDES),
            "ppt/presentation.xml": "<p/>",
            **parts,
        }
    )


def pdf(
    text: str = "Letter to the coroner", *, head: bytes = b"%PDF-1.7\n", tail: bytes = b""
) -> bytes:
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = head, []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start + tail


def png(width: int = 1, height: int = 1, tail: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"") + tail


def jpeg(width: int = 1, height: int = 1, tail: bytes = b"") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    start = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    return (
        b"\xff\xd8" + start + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9" + tail
    )


def eml(body: str = "The meeting is on Monday.", *attachments: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"] = "panel@example.org"
    message["To"] = "unit@example.org"
    message["Subject"] = "Dates of the panel"
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    message.set_content(body)
    for name, content in attachments:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def ole(*streams: tuple[str, bytes]) -> bytes:
    """A compound file of version 3 with its streams in the root, each of whole sectors."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    data, chains, entries = b"", [], []
    for name, content in streams:
        content = content.ljust(4096, b"\0")  # below that it would lie in the small stream
        sectors = -(-len(content) // 512)
        first = len(data) // 512
        data += content.ljust(sectors * 512, b"\0")
        chains += [*range(first + 1, first + sectors), end]
        entries.append((name, 2, first, len(content)))
    directory = _entry("Root Entry", 5, end, 0, child=1 if entries else free)
    for number, (name, kind, first, size) in enumerate(entries, 1):
        following = number + 1 if number < len(entries) else free
        directory += _entry(name, kind, first, size, right=following)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    place, length = len(data) // 512, len(directory) // 512
    chains += [*range(place + 1, place + length), end]
    chains.append(fat)
    table = b"".join(struct.pack("<I", each) for each in chains).ljust(512, b"\xff")
    assert len(table) == 512, "too much for one sector of the table"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, place, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", place + length) + b"\xff" * (108 * 4)
    return head + data + directory + table


def _entry(
    name: str, kind: int, first: int, size: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF
) -> bytes:
    said = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    head = said.ljust(64, b"\0") + struct.pack("<HBB", len(said), kind, 1) + links
    return head + bytes(16) + bytes(4) + bytes(16) + struct.pack("<IQ", first, size)


def msg(body: str = "See you on Monday", *more: tuple[str, bytes]) -> bytes:
    return ole(
        ("__properties_version1.0", b"\0" * 32),
        ("__substg1.0_0037001F", "Dates of the panel".encode("utf-16-le")),
        ("__substg1.0_1000001F", body.encode("utf-16-le")),
        *more,
    )
