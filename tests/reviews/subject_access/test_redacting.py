"""Every other name goes, however it is spelt, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.subject_access.rules import BLACK, blacked, due_on, longest, redacted, stands_in


@pytest.mark.parametrize(
    "text",
    [
        "Zoë came.",
        "ZOË came.",
        "Zoe came.",
        "Zoe\u0308 came.",
        "zoë’s house came.",
        "(Zoë) came.",
        "“Zoë”, came.",
    ],
)
def test_a_name_goes_however_it_is_written(text):
    said = blacked(redacted(text, ["Zoë"]))
    assert BLACK in said and "zo" not in said.casefold()
    assert said.endswith("came.")


@pytest.mark.parametrize(
    "text",
    ["Anna-Lena Smith", "Anna Lena Smith", "anna  lena\nsmith", "Anna–Lena\u00a0Smith"],
)
def test_parts_of_a_name_may_be_joined_by_anything(text):
    assert blacked(redacted(f"With {text}.", ["Anna-Lena Smith"])) == f"With {BLACK}."


def test_a_word_within_another_stays():
    assert blacked(redacted("Annalise and Anna.", ["Anna"])) == f"Annalise and {BLACK}."


def test_what_is_left_open_stays_also_inside_a_longer_word():
    pieces = redacted("Mr Hart and Mrs Hart came.", ["Hart"], ["Mrs Hart"])
    assert blacked(pieces) == f"Mr {BLACK} and Mrs Hart came."


def test_telephone_numbers_and_addresses_go():
    said = blacked(
        redacted("Ring 01632 960001 or write to 4 Elm Row.", ["01632 960001", "4 Elm Row"])
    )
    assert said == f"Ring {BLACK} or write to {BLACK}."


LETTERS = "abZéßø '’-–.\n\u0308"


@given(
    st.text(LETTERS, max_size=60), st.lists(st.text(LETTERS, min_size=2, max_size=6), max_size=4)
)
def test_no_name_can_be_found_in_what_is_left(text, names):
    pieces = redacted(text, names)
    assert "".join(piece.text for piece in pieces) == text
    left = "".join("x" * len(piece.text) if piece.is_black else piece.text for piece in pieces)
    assert not [each for each in names if stands_in([each], left)]


@pytest.mark.parametrize(
    ("received", "due", "at_most"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 28)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 29)),
        (date(2026, 9, 3), date(2026, 10, 3), date(2026, 12, 3)),
        (date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)),
    ],
)
def test_the_answer_is_due_within_one_calendar_month(received, due, at_most):
    found = due_on(received_on=received, asked_on=None, confirmed_on=None)
    assert (found, longest(found)) == (due, at_most)


def test_the_month_runs_from_the_proof_where_it_was_asked_for():
    days = {"received_on": date(2026, 3, 2), "asked_on": date(2026, 3, 3)}
    assert due_on(**days, confirmed_on=None) == date(2026, 4, 2)
    assert due_on(**days, confirmed_on=date(2026, 3, 10)) == date(2026, 4, 10)
    known = {"received_on": date(2026, 3, 2), "asked_on": None}
    assert due_on(**known, confirmed_on=date(2026, 3, 10)) == date(2026, 4, 2)
