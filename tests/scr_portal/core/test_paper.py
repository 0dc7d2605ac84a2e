import io
import re
import time
import zipfile
from datetime import UTC, date, datetime

import docx
import pikepdf
import pypdf
import pytest
from django.http import Http404
from docx.oxml.ns import qn

from scr_portal.core import paper
from scr_portal.core.paper import Bullets, Facts, Note, Paper, Section, Signed, Table, Text

SIGNED = Signed(
    statement="I have read the decision and sign it.",
    name="Ruth Avery",
    at=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    method="Password given again",
    sha256="ab" * 32,
    verify_at="https://portal.example/verify/1",
    title="Decision, version 2",
)


def a_paper(*sections, **given):
    return Paper(
        **{
            "title": "Decision record",
            "subtitle": "Child R",
            "reference": "SCR-2026-014",
            "board": "Westhaven Safeguarding Board",
            "marking": "Official-Sensitive",
            "version": "Version 2",
            "made_by": "Imran Dale",
            "made_at": datetime(2026, 3, 5, 14, 2, tzinfo=UTC),
            "sections": sections,
        }
        | given
    )


FULL = a_paper(
    Section(
        "What was decided",
        [
            Facts([("Outcome", "Full review"), ("On", date(2026, 3, 4)), ("Delay", "")]),
            Text("First paragraph.\nIts second line.\n\nSecond paragraph."),
            Text("Third paragraph.", heading="Nature"),
        ],
    ),
    Section(
        "Who said what",
        [
            Table(["Who", "Said"], [["Health", "=1+1"], ["Police", "@nobody\x07 -x"]], (1, 3)),
            Bullets(["one thing", "another thing"]),
            Note("Read with care."),
            Text("قالت الجدة إنها اتصلت مرتين."),
        ],
    ),
    signatures=[SIGNED],
)


def pdf_text(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def word_text(content):
    """Text in the order of the file, tables too."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join(
        "".join(piece.text or "\n" for piece in each.iter(qn("w:t"), qn("w:tab"), qn("w:br")))
        for each in body.iter(qn("w:p"))
    )


def words(text):
    """Letters alone: lines end elsewhere on paper."""
    return re.sub(r"\W+", " ", text)


IN_ORDER = [
    "Westhaven Safeguarding Board",
    "Decision record",
    "Child R",
    "SCR 2026 014",
    "Official Sensitive",
    "What was decided",
    "Full review",
    "4 March 2026",
    "1 1 First paragraph",
    "1 2 Second paragraph",
    "Nature",
    "1 3 Third paragraph",
    "Who said what",
    "Health",
    "1 1",
    "nobody x",
    "one thing",
    "Read with care",
    "Signatures",
    "I have read the decision",
    "Ruth Avery",
    "4 March 2026 at 09 30",
    "abab",
]


@pytest.mark.parametrize("read", ["pdf", "docx"])
def test_both_files_say_the_same_in_the_same_order(read):
    text = words(pdf_text(paper.to_pdf(FULL)) if read == "pdf" else word_text(paper.to_docx(FULL)))
    place = 0
    for each in IN_ORDER:
        place = text.find(each, place)
        assert place >= 0, each
    assert "Delay" not in text


def test_the_pdf_is_tagged_and_carries_the_marking_and_page_numbers():
    content = paper.to_pdf(FULL)
    text = pdf_text(content)
    assert text.count("Official-Sensitive") >= 3
    assert "Page 1 of 1" in text or "Page 1 of 2" in text
    assert "Made 5 March 2026 at 14:02" in text
    assert "Contents" not in text
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.docinfo.Title) == "SCR-2026-014, Decision record"
        assert document.open_metadata()["pdfuaid:part"] == "1"
    assert content == paper.to_pdf(FULL)


def test_the_word_file_has_styles_fields_and_repeated_heads():
    document = docx.Document(io.BytesIO(paper.to_docx(FULL)))
    styles = [each.style.name for each in document.paragraphs if each.text]
    assert {"Title", "Subtitle", "Heading 1", "Heading 2"} <= set(styles)
    assert {"Numbered Paragraph", "List Bullet", "Inset"} <= set(styles)
    table = document.tables[2]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:cantSplit")) is not None
    section = document.sections[0]
    assert "Official-Sensitive" in section.header.paragraphs[1].text
    assert "SCR-2026-014\tVersion 2" in section.header.paragraphs[0].text
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    [rtl] = [each for each in document.paragraphs if "الجدة" in each.text]
    assert rtl._p.pPr.find(qn("w:bidi")) is not None


def test_the_word_file_names_who_made_it_and_nobody_else():
    content = paper.to_docx(FULL)
    core = docx.Document(io.BytesIO(content)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("Imran Dale", "Imran Dale", "")
    assert core.created.replace(tzinfo=None) == datetime(2026, 3, 5, 14, 2)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in parts.namelist()


def test_the_same_paper_gives_the_same_word_file():
    assert paper.to_docx(FULL) == paper.to_docx(FULL)


def test_a_long_paper_has_contents():
    many = a_paper(*[Section(f"Part {number}", [Text("Words.")]) for number in range(1, 8)])
    long = a_paper(Section("One", [Text("Some words of a line. " * 800)]))
    for each in (many, long):
        assert "Contents" in pdf_text(paper.to_pdf(each))
        assert "Contents" in word_text(paper.to_docx(each))
    linked = docx.Document(io.BytesIO(paper.to_docx(many))).element
    anchors = [link.get(qn("w:anchor")) for link in linked.iter(qn("w:hyperlink"))]
    names = [mark.get(qn("w:name")) for mark in linked.iter(qn("w:bookmarkStart"))]
    assert anchors == names == [f"section_{number}" for number in range(1, 8)]


def test_what_is_not_signed_says_its_state():
    draft = a_paper(Section("One", [Text("Words.")]), state="Draft")
    assert "Not signed. State: Draft." in pdf_text(paper.to_pdf(draft))
    assert "Not signed. State: Draft." in word_text(paper.to_docx(draft))


def test_the_oddest_texts_are_carried_and_soon():
    endless, long = "x" * 100_000, "x" * 20_000
    odd = a_paper(
        Section(
            "A\x00 title <b>",
            [
                Text(endless),
                Facts([("Long", long), ("Tagged", "<script>1</script> & co\ud800")]),
                Table(["One", "Two"], [[long, "short"]]),
            ],
        ),
        title="T" * 300,
        made_by="Ü" * 120,
    )
    began = time.monotonic()
    text, word = pdf_text(paper.to_pdf(odd)), word_text(paper.to_docx(odd))
    assert time.monotonic() - began < 60
    assert "<script>1</script> & co" in text
    assert "<script>1</script> & co" in word
    assert text.replace("\n", "").count("x") >= 140_000
    assert word.count("x") >= 140_000


def test_a_head_is_repeated_and_no_row_is_torn():
    rows = [[f"Row {number}", "Some words of a cell. " * 12] for number in range(40)]
    reader = pypdf.PdfReader(
        io.BytesIO(paper.to_pdf(a_paper(Section("One", [Table(["Heading", "Said"], rows)]))))
    )
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2
    with_rows = [page for page in pages if "Row " in page]
    assert all("Heading" in page for page in with_rows)
    for page in with_rows:
        numbers = re.findall(r"Row \d+", page)
        assert page.replace("\n", " ").count("Some words") == 12 * len(numbers)


def test_a_file_is_an_attachment_called_by_reference_and_date():
    answer = paper.response(FULL, "docx", what="decision-2")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["X-Content-Type-Options"] == "nosniff"
    name = "SCR-2026-014-decision-2-2026-03-05.docx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    with pytest.raises(Http404):
        paper.response(FULL, "odt", what="decision-2")
    assert paper.file_name("///", "terms", date(2026, 1, 2), "pdf") == "review-terms-2026-01-02.pdf"
