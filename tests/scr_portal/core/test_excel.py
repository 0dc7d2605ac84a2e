import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scr_portal.core import excel
from scr_portal.core.excel import Table
from scr_portal.core.pdf import carriable
from scr_portal.core.reasons import Refused

MADE = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
HEADS = ["Question", "Answer"]


def written(*rows, name="Answers", **extra):
    table = Table(name, HEADS, rows, widths=[10, 80])
    return excel.write([table], title="SCR-2026-014", made_at=MADE, **extra)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def changed(content, name, to):
    """The same file with one part replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for each in source.namelist():
            archive.writestr(each, to(source.read(each)) if each == name else source.read(each))
        if name not in source.namelist():
            archive.writestr(name, to(b""))
    return target.getvalue()


def test_what_is_written_is_read():
    rows = [["1.1", "Two\nlines, and “quotes”"], ["1.2", ""], ["", "=1+1"], ["x", "العربية 🙂"]]
    assert excel.read(written(*rows))["Answers"] == [HEADS, rows[0], ["1.2"], *rows[2:]]


@given(st.lists(st.lists(st.text(max_size=80), min_size=2, max_size=2), max_size=6))
def test_any_text_comes_back_as_the_portal_carries_it(rows):
    expected = [[carriable(each) for each in row] for row in [HEADS, *rows]]
    found = excel.read(written(*rows))["Answers"]
    found = [[*row, "", ""][:2] for row in found]
    assert found == expected[: len(found)]
    assert not any(any(row) for row in expected[len(found) :])


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "=cmd|' /C'!A0"])
def test_no_text_is_a_formula(words):
    cell = opened(written(["1", words]))["Answers"]["B2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_text_that_looks_like_a_code_of_excels_is_kept():
    assert excel.read(written(["_x0041_", "a _x000D_ b"]))["Answers"][1] == [
        "_x0041_",
        "a _x000D_ b",
    ]


def test_a_text_longer_than_a_cell_goes_on_below():
    words = "word " * 20_000
    rows = excel.read(written(["1.1", words], ["1.2", "short"]))["Answers"]
    assert "".join(row[1] for row in rows[1:-1]) == words
    assert [row[0] for row in rows[1:-1]] == ["1.1"] + [""] * (len(rows) - 3)
    assert rows[-1] == ["1.2", "short"]


def test_numbers_are_numbers_and_read_as_text():
    content = written(["1.1", 12])
    assert opened(content)["Answers"]["B2"].value == 12
    assert excel.read(content)["Answers"][1] == ["1.1", "12"]


def test_the_same_tables_are_the_same_bytes():
    assert written(["1", "a"]) == written(["1", "a"])


def test_a_file_says_when_it_was_made_and_what_it_is():
    said = opened(written(made_by="The board")).properties
    assert (said.created.replace(tzinfo=UTC), said.modified.replace(tzinfo=UTC)) == (MADE, MADE)
    assert (said.title, said.creator) == ("SCR-2026-014", "The board")


def test_it_prints_with_its_head_on_every_page_and_its_marking():
    sheet = opened(written(["1", "a"], marking="For R&D only"))["Answers"]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert "For R&&D only" in sheet.oddHeader.center.text
    assert sheet["B2"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width == 80


def test_names_of_sheets_are_such_as_excel_takes():
    tables = [Table("A/B: " + "long " * 10, ["x"], []) for _each in range(3)]
    names = opened(excel.write(tables, title="t", made_at=MADE)).sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and "/" not in name for name in names)


def test_rows_keep_their_numbers_and_empty_ones_at_the_end_go():
    rows = excel.read(written([None, None], ["1", "a"], [None, None], ["", ""]))["Answers"]
    assert rows == [HEADS, [], ["1", "a"]]


@pytest.mark.parametrize("content", [b"", b"PK", b"not a file", b"\xd0\xcf\x11\xe0" + b"0" * 600])
def test_what_is_no_excel_file_is_refused(content):
    with pytest.raises(Refused, match="can’t be read"):
        excel.read(content)


def test_another_zip_file_is_refused():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(Refused, match="can’t be read"):
        excel.read(raw.getvalue())


def test_a_broken_part_is_refused():
    with pytest.raises(Refused, match="can’t be read"):
        excel.read(changed(written(), "xl/worksheets/sheet1.xml", lambda part: part[:200]))


def test_macros_are_refused():
    with pytest.raises(Refused, match="macros"):
        excel.read(changed(written(), "xl/vbaProject.bin", lambda part: b"x"))


def test_definitions_of_entities_are_refused_before_anything_is_parsed():
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a/>'
    for each in (bomb.encode(), bomb.encode("utf-16")):
        with pytest.raises(Refused, match="can’t be read"):
            excel.read(changed(written(), "xl/workbook.xml", lambda part, each=each: each))


def test_a_file_that_unpacks_to_too_much_is_refused():
    content = changed(written(), "xl/media/big.bin", lambda part: b"0" * (excel.LARGEST + 1))
    with pytest.raises(Refused, match="more than the portal reads"):
        excel.read(content)


@pytest.mark.parametrize("place", ["XFD9", "A1048576"])
def test_a_cell_far_away_is_refused_and_not_filled_up_to(place):
    content = written(["1", "a"])
    row = place.lstrip("XFDA")

    def far(part):
        cell = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'
        return part.replace(b"</sheetData>", cell.encode() + b"</sheetData>")

    with pytest.raises(Refused, match="more than the portal reads"):
        excel.read(changed(content, "xl/worksheets/sheet1.xml", far))


def test_many_empty_cells_far_away_are_refused_before_all_are_looked_at():
    """A few kilobytes that would be minutes of work."""

    def far(part):
        rows = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(9, 400))
        return part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")

    content = changed(written(["1", "a"]), "xl/worksheets/sheet1.xml", far)
    with pytest.raises(Refused, match="more than the portal reads"):
        excel.read(content)


def test_a_file_that_says_too_little_of_itself_is_read_whole():
    def lying(part):
        return part.replace(b"<sheetData>", b'<dimension ref="A1:A1"/><sheetData>')

    content = changed(written(["1", "a"]), "xl/worksheets/sheet1.xml", lying)
    assert excel.read(content)["Answers"] == [HEADS, ["1", "a"]]
