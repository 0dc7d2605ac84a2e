import pytest

from quality_markers.catalogue.joining import joined, prose
from quality_markers.catalogue.lines import lines


def told(text: str) -> str:
    return prose(lines(text))


def test_lines_of_a_sentence_are_joined():
    assert told("The lamp\nis lit.") == "The lamp is lit."


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (["oil and/", "or tallow"], "oil and/or tallow"),
        (["the well-", "trimmed wick"], "the well-trimmed wick"),
        (["dusk - ", "dawn"], "dusk - dawn"),
        (["a wellintentioned keeper"], "a well-intentioned keeper"),
    ],
)
def test_words_torn_at_the_end_of_a_line_are_whole(torn, whole):
    assert joined(torn) == whole


def test_a_blank_line_ends_a_paragraph_and_page_furniture_does_not():
    assert told("One thing.\n\nAnother") == "One thing.\n\nAnother"
    assert told("One\n\n\n12\n\fSerious Case Review Quality Markers\n\nthing.") == "One thing."
    assert told("One.\n12\nAnother.") == "One.\n\nAnother."


def test_a_bullet_on_the_line_of_its_words():
    assert told("• oil\n• wick") == "- oil\n- wick"


def test_a_bullet_broken_over_a_page():
    assert told("•\n\noil that\n\n12\n\nburns\n\n•\n\nwick") == "- oil that burns\n- wick"


def test_bullets_that_stand_after_their_paragraphs():
    assert told("Lamps:\n\nOil.\n\nWick.\n\n•\n•") == "Lamps:\n\n- Oil.\n- Wick."


def test_bullets_too_many_are_dropped():
    assert told("•\n\nOil.\n\n•\n•\n\nWick.") == "- Oil.\n- Wick."


def test_a_paragraph_after_a_list_is_no_item():
    assert told("•\n•\n\noil\nwick.\n\nThat is all.") == "- oil\n- wick.\n\nThat is all."


def test_an_item_of_two_full_lines_leaves_the_other_bullet_for_later():
    long = "the keepers and their mates who were on the tower that night or who might have"
    text = f"•\n•\n\n{long}\nbeen\n\n•\n\nlogs\n\nthe village"
    assert told(text) == f"- {long} been\n- the village\n- logs"
