"""What leaves is a copy that does not say who wrote it, when, where and with what."""

import io
import zipfile
from hashlib import sha256

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment
from PIL import Image

from scr_portal.core.reasons import Refused
from scr_portal.documents import outgoing, serving
from tests.scr_portal.documents import files

WRITER = "Una Canary"
PLACE = "C:/Users/canary/Desktop"


@pytest.fixture(autouse=True)
def scratch(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"


def copied(content: bytes, kind: str) -> bytes:
    copy = outgoing.copy_of(io.BytesIO(content), kind)
    with copy.file as file:
        got = file.read()
    assert (copy.size, copy.sha256) == (len(got), sha256(got).hexdigest())
    return got


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def saved(book) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def photograph(kind: str = "JPEG", up: int = 6) -> bytes:
    picture, held = Image.new("RGB", (60, 40), "red"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112], exif[0x010F] = up, f"{WRITER}s camera"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(held, kind, exif=exif, comment=WRITER)
    return held.getvalue()


def document() -> bytes:
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = WRITER
    made.add_paragraph("What the panel said")
    made.add_comment(made.paragraphs[0].runs, text="Is this so?", author=WRITER, initials="UC")
    made.add_picture(io.BytesIO(photograph()))
    parts = parts_of(saved(made))
    parts["docProps/custom.xml"] = f"<Properties><p>{WRITER}</p></Properties>".encode()
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"</w:settings>", b'<w:rsids><w:rsidRoot w:val="00CANARY"/></w:rsids></w:settings>'
    )
    tracked = (
        f'<w:ins w:id="7" w:author="{WRITER}" w:date="2026-03-02T10:00:00Z"><w:r w:rsidR="00A1">'
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"</w:p>", f"{tracked}<w:t>and more</w:t></w:r></w:ins></w:p>".encode(), 1
    )
    return files.zipped(parts)


def test_a_word_file_says_no_more_who_wrote_it_and_keeps_what_they_wrote():
    got = copied(document(), "docx")
    parts = parts_of(got)
    for name, content in parts.items():
        assert b"Canary" not in content, name
        assert b"CANARY" not in content, name
    assert not [name for name in parts if name.startswith("docProps/")]
    assert b"docProps" not in parts["_rels/.rels"] + parts["[Content_Types].xml"]
    assert b"2026-03-02" not in parts["word/document.xml"]
    again = docx.Document(io.BytesIO(got))
    assert again.paragraphs[0].text.startswith("What the panel said")
    assert b"and more" in parts["word/document.xml"]
    [comment] = again.comments
    assert (comment.author, comment.text) == ("Author 1", "Is this so?")


def test_a_workbook_opens_with_its_formulas_tables_and_comments():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Who", "Cost"], ["A", 1], ["B", "=B2+1"]):
        sheet.append(row)
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="Costs", ref="A1:B3"))
    sheet["A1"].comment = Comment(f"{WRITER}:\nis it all?", WRITER)
    book.properties.creator = WRITER
    got = copied(saved(book), "xlsx")
    assert not [name for name, content in parts_of(got).items() if b"Canary" in content]
    again = openpyxl.load_workbook(io.BytesIO(got)).active
    assert again["B3"].value == "=B2+1"
    assert list(again.tables) == ["Costs"]
    assert again["A1"].comment.text == "Author 1:\nis it all?"
    assert again["A1"].comment.author == "Author 1"


def test_a_part_that_is_left_out_is_named_nowhere():
    """A program would call the file damaged, and repair it."""
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = (
        f'<worksheet xmlns="{files.SHEET}" xmlns:r="{main}"><sheetData/>'
        '<pageSetup orientation="landscape" r:id="r0"/></worksheet>'
    )
    got = copied(
        files.xlsx(
            **{
                "xl/worksheets/sheet1.xml": sheet,
                "xl/worksheets/_rels/sheet1.xml.rels": files.relationships(
                    ("printerSettings", "../printerSettings/printerSettings1.bin", "")
                ),
                "xl/printerSettings/printerSettings1.bin": f"{WRITER}s printer",
            }
        ),
        "xlsx",
    )
    parts = parts_of(got)
    assert "xl/printerSettings/printerSettings1.bin" not in parts
    assert b"printerSettings" not in parts["xl/worksheets/_rels/sheet1.xml.rels"]
    assert b"r:id" not in parts["xl/worksheets/sheet1.xml"]
    assert b'orientation="landscape"' in parts["xl/worksheets/sheet1.xml"]


def test_what_a_server_knew_of_a_file_and_where_it_lay_goes():
    of_a_server = (
        '<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"/>'
    )
    got = copied(
        files.docx(
            **{
                "customXml/item1.xml": of_a_server,
                "customXml/itemProps1.xml": "<a/>",
                "customXml/item2.xml": "<shown>in a field of the page</shown>",
                "word/settings.xml": f'<w:settings xmlns:w="{files.WORD}" '
                f'xmlns:r="{files.MAIN[:-1]}"><w:attachedTemplate r:id="r0"/></w:settings>',
                "word/_rels/settings.xml.rels": files.relationships(
                    ("attachedTemplate", f"file:///{PLACE}/letter.dotx", "External")
                ),
            }
        ),
        "docx",
    )
    parts = parts_of(got)
    assert set(parts) & {"customXml/item1.xml", "customXml/itemProps1.xml"} == set()
    assert b"shown" in parts["customXml/item2.xml"]
    assert not [name for name, content in parts.items() if b"canary" in content]
    assert b"attachedTemplate" not in parts["word/settings.xml"]


def a_pdf() -> pikepdf.Pdf:
    made = pikepdf.open(io.BytesIO(files.pdf()))
    made.docinfo["/Author"] = WRITER
    with made.open_metadata() as said:
        said["dc:creator"] = [WRITER]
    page = made.pages[0]
    page.obj.PieceInfo = pikepdf.Dictionary(Canary=pikepdf.Dictionary())
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 9, 9],
        T=WRITER,
        Contents="Is this so?",
    )
    page.obj.Annots = made.make_indirect(pikepdf.Array([note]))
    raw = pikepdf.Stream(made, photograph())
    raw.Type, raw.Subtype, raw.Filter = (
        pikepdf.Name.XObject,
        pikepdf.Name.Image,
        pikepdf.Name.DCTDecode,
    )
    raw.Width, raw.Height, raw.BitsPerComponent = 60, 40, 8
    raw.ColorSpace = pikepdf.Name.DeviceRGB
    page.obj.Resources.XObject = pikepdf.Dictionary(Photo=raw)
    return made


def test_a_pdf_says_no_more_who_made_it_and_shows_the_same():
    got = copied(saved(a_pdf()), "pdf")
    with pikepdf.open(io.BytesIO(got)) as pdf:
        unpacked = io.BytesIO()
        pdf.save(unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        assert "/Metadata" not in pdf.Root
        assert "/Info" not in pdf.trailer
        assert b"Letter to the coroner" in pdf.pages[0].Contents.read_bytes()
        assert str(pdf.pages[0].Annots[0].Contents) == "Is this so?"
        assert Image.open(
            io.BytesIO(pdf.pages[0].Resources.XObject.Photo.read_raw_bytes())
        ).size == (60, 40)
    assert b"Canary" not in unpacked.getvalue()


def test_what_was_written_over_in_a_pdf_is_gone():
    before = saved(a_pdf())
    after = before.replace(b"startxref", b"% ") + b"\n" + saved(pikepdf.open(io.BytesIO(before)))
    assert after.count(b"%%EOF") == 2
    assert copied(before, "pdf").count(b"%%EOF") == 1


def test_a_copy_of_a_pdf_runs_nothing():
    made = a_pdf()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.Root.OpenAction = script
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", script]))
    made.pages[0].obj.AA = pikepdf.Dictionary(O=script)
    made.pages[0].obj.Annots.append(
        made.make_indirect(
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=script)
        )
    )
    content = saved(made)
    assert outgoing.look(io.BytesIO(content), "pdf") == {"acts"}
    got = copied(content, "pdf")
    assert b"app.alert" not in got
    assert outgoing.look(io.BytesIO(got), "pdf") == set()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "jpeg"), ("PNG", "png")])
def test_a_photograph_stands_upright_and_says_nothing_else(kind, name):
    content = photograph(kind)
    assert WRITER.encode() in content
    got = copied(content + (b"a film of Canary" if name == "jpeg" else b""), name)
    picture = Image.open(io.BytesIO(got))
    assert picture.tobytes() == Image.open(io.BytesIO(content)).tobytes()
    assert dict(picture.getexif()) == {0x0112: 6}
    assert b"Canary" not in got
    assert dict(Image.open(io.BytesIO(copied(photograph(kind, up=1), name))).getexif()) == {}


def test_an_email_says_who_wrote_what_to_whom_and_not_which_way_it_came():
    trace = (
        b"Received: from a (b [10.0.0.7])\r\n\tby canary\r\nX-Mailer: Canary\r\nBcc: una@canary\r\n"
    )
    content = files.eml("Body", ("plan.pdf", files.pdf()))
    got = copied(trace + content, "eml")
    assert b"anary" not in got
    assert b"From: panel@example.org" in got
    assert b"Subject: Dates of the panel" in got
    assert got.split(b"\n\n", 1)[1] == content.split(b"\n\n", 1)[1]


@pytest.mark.parametrize("kind", ["txt", "csv", "msg"])
def test_what_holds_nothing_beside_its_words_goes_as_it_is(kind):
    content = files.msg() if kind == "msg" else b"plain words"
    assert copied(content, kind) == content


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "png", "jpeg", "pdf"])
def test_the_same_file_gives_the_same_copy_and_a_copy_of_it_too(kind):
    once = copied(getattr(files, kind)(), kind)
    assert copied(getattr(files, kind)(), kind) == once
    if kind != "pdf":
        assert copied(once, kind) == once


@pytest.mark.parametrize("kind", ["pdf", "docx", "png", "jpeg", "eml"])
def test_without_a_copy_nothing_goes_out(kind):
    with pytest.raises(Refused, match="No copy of this file can be made"):
        outgoing.copy_of(io.BytesIO(b"broken"), kind)


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(outgoing, "SECONDS", 0.001)
    with pytest.raises(Refused):
        outgoing.copy_of(io.BytesIO(files.docx()), "docx")


def test_a_programs_secrets_are_not_the_portals(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "the-secret")
    program = tmp_path / "program.py"
    program.write_text("import os; print(dict(os.environ))")
    monkeypatch.setattr(outgoing, "_PROGRAM", program)
    assert "the-secret" not in outgoing.look(io.BytesIO(b"x"), "pdf")
    assert not any("SECRET" in word for word in outgoing.look(io.BytesIO(b"x"), "pdf"))


def test_the_answer_is_as_long_as_the_copy_and_the_original_stays(store):
    content = document()
    stored = store(content, "minutes.docx")
    response = serving.attachment(stored)
    got = b"".join(response.streaming_content)
    assert response["Content-Length"] == str(len(got))
    assert b"Canary" not in b"".join(parts_of(got).values())
    kept = b"".join(serving.attachment(stored, as_it_came=True).streaming_content)
    assert kept == content
    assert sha256(kept).hexdigest() == stored.sha256


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        (document(), "docx", {"changes", "comments"}),
        (files.docx("Plain"), "docx", set()),
        (files.docx("<w:vanish/>"), "docx", {"hidden"}),
        (files.xlsx(**{"xl/workbook.xml": '<a><sheet state="hidden"/></a>'}), "xlsx", {"hidden"}),
        (files.pdf(), "pdf", set()),
    ],
)
def test_what_people_left_inside_is_found(content, kind, found):
    assert outgoing.left_inside(io.BytesIO(content), kind) == found
