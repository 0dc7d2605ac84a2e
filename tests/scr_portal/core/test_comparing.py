import time

import pytest

from scr_portal.core.comparing import ADDED, REMOVED, SAME, Piece, compared


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("One two three", "One four three"),
        ("One\n\nTwo", "One\n\nMiddle\n\nTwo"),
        ("", "All new"),
        ("All gone", ""),
        ("x " * 300 + "end", "y " * 300 + "end"),
    ],
)
def test_each_side_is_its_text_again(before, after):
    pieces = compared(before, after)
    assert "".join(each.text for each in pieces if each.kind != ADDED) == before
    assert "".join(each.text for each in pieces if each.kind != REMOVED) == after


def test_a_changed_word_alone_is_marked():
    assert compared("Abuse is suspected here.", "Abuse is known here.") == [
        Piece(SAME, "Abuse is "),
        Piece(REMOVED, "suspected "),
        Piece(ADDED, "known "),
        Piece(SAME, "here."),
    ]


def test_what_was_written_anew_is_not_torn_to_pieces():
    before, after = "Speaks for it, and strongly.", "Weighed, and changes nothing."
    assert compared(before, after) == [Piece(REMOVED, before), Piece(ADDED, after)]


def test_long_texts_do_not_take_long():
    before = " ".join(f"word{n % 97}" for n in range(4000))
    after = " ".join(f"word{n % 89}" for n in range(4000))
    began = time.monotonic()
    compared(before, after)
    assert time.monotonic() - began < 5
