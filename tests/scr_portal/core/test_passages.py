import pytest

from scr_portal.core import passages


def test_paragraphs_are_numbered_on_through_the_texts_of_an_answer():
    reason, narrative, evidence = passages.passages(
        "12.4", "", "One\nline\r\n \r\n\r\nTwo", "Three"
    )
    assert reason == []
    assert [(each.number, each.text) for each in narrative] == [
        ("12.4.1", "One\nline"),
        ("12.4.2", "Two"),
    ]
    assert [each.number for each in evidence] == ["12.4.3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12 Letters", "ltr"), ("(1) قالت", "rtl"), ("אמרה said", "rtl"), ("123", "ltr"), ("", "ltr")],
)
def test_a_paragraph_runs_as_its_first_letter_does(text, expected):
    assert passages.direction(text) == expected


@pytest.mark.parametrize("text", ["", "short", "x" * 100_000, "some words " * 2000, " \n" * 900])
def test_pieces_are_the_text_again_and_none_is_long(text):
    found = list(passages.pieces(text))
    assert "".join(found) == text
    assert max(map(len, found)) <= 5700
    assert all(len(word) <= 600 for piece in found for word in piece.split())
