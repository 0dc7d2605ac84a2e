import csv
import io

import pytest

from scr_portal.core import csv_table


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_table_that_excel_reads_in_our_letters():
    content = csv_table.write(["Wörd", "Number"], [["two\nlines, and “quotes”", 3]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["Wörd", "Number"], ["two\nlines, and “quotes”", "3"]]


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@a", "\t=1", "＝1", "\n=1"])
def test_nothing_in_it_is_a_formula(words):
    assert read(csv_table.write(["x"], [[words]]))[1] == [f"'{words}"]
    assert read(csv_table.write(["x"], [[-1]]))[1] == ["-1"]
