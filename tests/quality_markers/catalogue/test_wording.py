import pytest

from quality_markers.catalogue import wording
from quality_markers.catalogue.book import Book
from quality_markers.catalogue.shape import problems, shape


@pytest.fixture(scope="module")
def book() -> Book:
    return wording.own(wording.OWN.read_text(encoding="utf-8"))


def test_our_wording_is_complete(book):
    assert problems(book, shape(), official=False) == []
    assert book.asked == 107


def test_every_marker_has_guidance_on_equality_and_a_few_obstacles(book):
    for chapter in book.chapters:
        assert chapter.equality.endswith(".")
        assert 2 <= sum(line.startswith("- ") for line in chapter.obstacles.split("\n")) <= 4


def test_every_question_asks(book):
    for chapter in book.chapters:
        for asked in chapter.questions:
            assert "?" in asked.text and asked.text[0].isupper(), (chapter.number, asked)


def test_lines_of_the_file_are_unwrapped():
    text = "\nOne\nline.\n\n- oil that\n  burns\n- wick\n"
    assert wording.unwrapped(text) == "One line.\n\n- oil that burns\n- wick"


def test_no_line_break_is_left_inside_a_sentence(book):
    for chapter in book.chapters:
        for line in chapter.rationale.split("\n"):
            assert not line or line.startswith("- ") or line.endswith((".", ":")), line
