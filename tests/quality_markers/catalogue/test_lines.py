import pytest

from quality_markers.catalogue.lines import Kind, Line, lines


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "\f12",
        " Quality Marker 2",
        "QUALITY MARKER 2",
        "Quality Marker 12 35",
        "Serious Case Review Quality Markers",
        "14 Serious Case Review Quality Markers",
        "Supporting dialogue about lamps",
    ],
)
def test_page_furniture_is_a_gap(text):
    assert lines(text)[-1].kind is Kind.GAP


@pytest.mark.parametrize(
    "text",
    ["Quality Marker 2: Wicks", "12 lamps", "See Quality Marker 2", "2015", "1. Is it lit?"],
)
def test_what_is_said_is_not_furniture(text):
    assert lines(text) == [Line(Kind.TEXT, 1, text)]


def test_lines_are_counted_from_one_and_across_page_breaks():
    assert lines("a\n\n\fb") == [
        Line(Kind.TEXT, 1, "a"),
        Line(Kind.BLANK, 2),
        Line(Kind.BLANK, 3),
        Line(Kind.TEXT, 3, "b"),
    ]


def test_a_mark_and_its_words_come_apart():
    assert lines("• oil") == [Line(Kind.BULLET, 1), Line(Kind.TEXT, 1, "oil")]
    assert lines("-- wick") == [Line(Kind.SUB_BULLET, 1), Line(Kind.TEXT, 1, "wick")]
    assert lines("•") == [Line(Kind.BULLET, 1)]
