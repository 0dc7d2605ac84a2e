"""What each kind says, read by the program that may die of it."""

import io
import sys

import pytest

from scr_portal.documents import extract, reading
from tests.scr_portal.documents import files

FILES = {
    "docx": files.docx("Minutes of the panel\nTwo paragraphs"),
    "xlsx": files.xlsx("Cost of the review", "Interpreter"),
    "pptx": files.pptx("First slide", "Second slide"),
    "pdf": files.pdf("Letter to the coroner"),
    "txt": "It’s Siân".encode("cp1252"),
    "csv": "name;date".encode("utf-16"),
    "eml": files.eml("Dates of the panel", ("plan.pdf", files.pdf())),
    "msg": files.msg("See you on Monday"),
}
SAID = {
    "docx": ["Minutes of the panel\nTwo paragraphs"],
    "xlsx": ["Cost of the review", "Interpreter", "Costs", "4711"],
    "pptx": ["First slide", "Second slide"],
    "pdf": ["Letter to the coroner"],
    "txt": ["It’s Siân"],
    "csv": ["name;date"],
    "eml": ["Dates of the panel", "panel@example.org", "plan.pdf"],
    "msg": ["See you on Monday", "Dates of the panel"],
}


@pytest.fixture
def read(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"

    def text(content: bytes, kind: str):
        path = tmp_path / "file"
        path.write_bytes(content)
        with path.open("rb") as file:
            return reading.read(file, kind)

    return text


@pytest.mark.parametrize("kind", FILES)
def test_each_kind_says_its_words(read, kind):
    text, state = read(FILES[kind], kind)
    assert state == "done"
    for words in SAID[kind]:
        assert words in text


def test_slides_are_in_order(read):
    text, _state = read(files.pptx(*(f"Slide no {number}." for number in range(1, 12))), "pptx")
    assert text.index("no 2.") < text.index("no 10.")


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_says_nothing(read, kind):
    assert read(files.png(), kind) == ("", "nothing")


def test_a_scanned_page_says_nothing(read):
    assert read(files.pdf(""), "pdf") == ("", "nothing")


@pytest.mark.parametrize("kind", ["pdf", "docx", "msg"])
def test_what_is_broken_inside_could_not_be_read(read, kind):
    assert read(b"%PDF-1.7 broken", kind) == ("", "failed")


def test_a_long_text_is_kept_up_to_a_length(read, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST", 10)
    assert read(b"abcdefghijklmnop", "txt") == ("abcdefghij", "partly")


def program(monkeypatch, tmp_path, body: str) -> None:
    path = tmp_path / "program.py"
    path.write_text(f"import sys\nprint('The beginning', flush=True)\n{body}\n")
    monkeypatch.setattr(reading, "_PROGRAM", path)


@pytest.mark.parametrize(
    "body", ["import os; os.kill(os.getpid(), 9)", "import time; time.sleep(9)"]
)
def test_what_was_said_before_a_reader_dies_is_kept(read, monkeypatch, tmp_path, body):
    program(monkeypatch, tmp_path, body)
    monkeypatch.setattr(reading, "SECONDS", 1)
    assert read(b"x", "txt") == ("The beginning\n", "partly")


def test_the_reader_knows_nothing_of_the_portals_secrets(read, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "the-secret")
    program(monkeypatch, tmp_path, "import os; print(dict(os.environ)); print(sys.path)")
    text, _state = read(b"x", "txt")
    assert "the-secret" not in text
    assert "DATABASE_URL" not in text


@pytest.mark.skipif(sys.platform != "linux", reason="macOS knows no limit of memory")
def test_a_reader_that_wants_all_the_memory_dies_alone(read, monkeypatch, tmp_path):
    source = extract.__file__
    program(
        monkeypatch,
        tmp_path,
        f"exec(open({source!r}).read().partition('def main')[0]); confine(); x = 'x' * 2 * 1024**3",
    )
    assert read(b"x", "txt")[1] == "partly"


def test_an_entity_that_grows_is_not_followed(read):
    grows = '<!DOCTYPE a [<!ENTITY b "c">]><w:t xmlns:w="w">&b;</w:t>'
    assert read(files.zipped({"word/document.xml": grows}), "docx")[1] == "failed"


def test_the_words_of_a_cell_that_is_no_shared_text():
    cells = list(extract.text_of("xlsx", io.BufferedReader(io.BytesIO(FILES["xlsx"]))))
    assert "4711 " in cells
    assert "0 " not in cells
