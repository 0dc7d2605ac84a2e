"""Packs of questions as Word and Excel files, and back."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from scr_portal.core import excel_pack, word_pack
from scr_portal.core.fill_in import Column, Group, Item, Pack
from scr_portal.core.reasons import Refused

JUDGEMENTS = ["Not yet considered", "In place, as far as one sees"]
COLUMNS = [
    Column("judgement", "Judgement", choices=JUDGEMENTS),
    Column("narrative", "Narrative", width=60, height=30),
]
WRITERS = {"docx": word_pack, "xlsx": excel_pack}
TEXTS = [
    "",
    "  two spaces in front, a tab\tinside and a line end\n\nafter it\n",
    "=1+1",
    "- a list\n- of two",
    "+44 20, @home & <b>not bold</b> “quoted”",
    "שלום\nعربى",
    "_x0041_ and 𝄞",
]


def _said(text: str) -> dict[str, str]:
    return {"judgement": JUDGEMENTS[1], "narrative": text}


def pack(*texts: str) -> Pack:
    items = [
        Item(
            f"key-{at}", f"4.{at}", f"Question {at}?", {"judgement": JUDGEMENTS[1], "narrative": t}
        )
        for at, t in enumerate(texts)
    ]
    items.append(Item("key-r", "", "Overall reflection", {"narrative": "All in all."}))
    return Pack(
        key="the-file",
        title="SCR-2026-001, self-assessment 1",
        facts=[("Review", "SCR-2026-001")],
        how=["Write into the boxes.", "Bring it back."],
        columns=COLUMNS,
        groups=[Group("Marker 4", "4. Working together", "A statement.\n\n- of two", items)],
        marking="Official-Sensitive",
        made_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
    )


@pytest.mark.parametrize("kind", WRITERS)
def test_what_goes_out_comes_back(kind):
    back = WRITERS[kind].read(WRITERS[kind].write(pack(*TEXTS)))
    assert back.key == "the-file"
    assert [item.key for item in back.items] == [*(f"key-{n}" for n in range(len(TEXTS))), "key-r"]
    assert [item.texts["narrative"] for item in back.items] == [*TEXTS, "All in all."]
    assert {item.texts["judgement"] for item in back.items[:-1]} == {JUDGEMENTS[1]}
    assert [item.heading for item in back.items[:2]] == ["4.0 Question 0?", "4.1 Question 1?"]
    assert not any(item.twice for item in back.items)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_pack_is_the_same_bytes(kind):
    assert WRITERS[kind].write(pack(*TEXTS)) == WRITERS[kind].write(pack(*TEXTS))


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_no_such_file_is_refused(kind):
    with pytest.raises(Refused):
        WRITERS[kind].read(b"PK\x03\x04 nothing")


def test_a_text_longer_than_a_cell_of_excel_is_whole():
    text = "All of it. " * 9_000
    back = excel_pack.read(excel_pack.write(pack(text, "next")))
    assert [item.texts["narrative"] for item in back.items] == [text, "next", "All in all."]


def test_boxes_alone_can_be_written_in_and_judgements_are_chosen():
    book = load_workbook(io.BytesIO(excel_pack.write(pack("=1+1"))))
    sheet = book["Marker 4"]
    assert book["portal"].sheet_state == "veryHidden"
    assert sheet.protection.sheet
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert [cell.protection.locked for cell in sheet[5]] == [True, True, True, False, False]
    assert [cell.protection.locked for cell in sheet[6]] == [True, True, True, True, False]
    assert sheet["E5"].data_type == "s"
    assert sheet["E5"].quotePrefix
    [choices] = sheet.data_validations.dataValidation
    assert choices.formula1 == "'portal'!$B$1:$B$2"
    assert str(choices.sqref) == "D5:D6"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"


def test_keys_and_questions_are_hidden_and_locked_in_word():
    document = Document(io.BytesIO(word_pack.write(pack("x"))))
    [first, reflection] = document.tables
    assert len(reflection.rows) == 2
    locks = [each.get(qn("w:val")) for each in first._tbl.iter(qn("w:lock"))]
    assert locks.count("sdtContentLocked") == 3
    choices = [each.get(qn("w:value")) for each in first._tbl.iter(qn("w:listItem"))]
    assert choices == JUDGEMENTS
    hidden = [
        "".join(text.text for text in run.iter(qn("w:t")))
        for run in first._tbl.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None
    ]
    assert hidden == ["key-0", "judgement", "narrative"]
    assert document.core_properties.author == "SCR-2026-001, self-assessment 1"


def words(*runs: str) -> str:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f"<w:p {space}>{''.join(runs)}</w:p>"


def read_with(paragraphs: list[str]) -> str:
    """The narrative of a file in whose box these paragraphs stand."""
    from lxml import etree

    document = Document(io.BytesIO(word_pack.write(pack("x"))))
    cell = document.tables[0].rows[2].cells[1]._tc
    for old in cell.findall(qn("w:p")):
        cell.remove(old)
    for each in paragraphs:
        cell.append(etree.fromstring(each))
    held = io.BytesIO()
    document.save(held)
    return word_pack.read(held.getvalue()).items[0].texts["narrative"]


def test_changes_that_word_keeps_are_read_as_accepted():
    said = words(
        "<w:r><w:t>The </w:t></w:r>",
        "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>",
        '<w:ins w:id="1"><w:r><w:t>new </w:t></w:r></w:ins>',
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>",
        '<w:hyperlink w:anchor="a"><w:r><w:t>plan</w:t></w:r></w:hyperlink>',
    )
    assert read_with([said]) == "The new plan"


def test_a_list_and_a_line_break_are_kept_and_a_placeholder_is_not():
    bullet = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    assert (
        read_with(
            [
                words("<w:r><w:t>Two things:</w:t><w:br/><w:t>these</w:t></w:r>"),
                words(bullet, "<w:r><w:t>one</w:t></w:r>"),
                words(
                    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r>"
                    "<w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
                ),
            ]
        )
        == "Two things:\nthese\n- one\n"
    )
