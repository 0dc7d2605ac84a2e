from quality_markers.catalogue.layout import Block, Item, blocks


def test_paragraphs_and_lists():
    text = "One.\n\n- oil\n- wick:\n-- cotton\n-- flax\n- glass\n\nTwo."
    assert list(blocks(text)) == [
        Block(text="One."),
        Block(items=(Item("oil"), Item("wick:", ["cotton", "flax"]), Item("glass"))),
        Block(text="Two."),
    ]


def test_nothing_is_nothing():
    assert list(blocks("")) == []


def test_a_dash_inside_a_line_is_left_alone():
    assert list(blocks("- oil - and wick")) == [Block(items=(Item("oil - and wick"),))]
