"""The five families of ``networks.py``: what a reader must be able to see in each."""

import pytest

from families.people.network.layout import layout
from families.people.network.on_paper import POINTS, on_paper
from families.people.network.picture import Person, Picture
from families.people.network.shape import PARENTS, Kind
from families.people.network.svg import svg
from tests.families.people.network import networks
from tests.families.people.network.networks import HARD, Family


def drawn(family: Family) -> Picture:
    return layout(family.nodes, family.ties, family.households)


def who(picture: Picture, number: int) -> list[Person]:
    return [person for person in picture.people if person.symbol.node == number]


def y(picture: Picture, number: int) -> float:
    return who(picture, number)[0].symbol.y


def joined(picture: Picture, *numbers: int) -> set[str]:
    """The styles of the lines of every bond that touches all of these people."""
    bonds: dict[int, set[int]] = {}
    for line in picture.lines:
        bonds.setdefault(line.bond, set()).update(line.ends)
    nodes = [person.symbol.node for person in picture.people]
    whole = {bond for bond, ends in bonds.items() if {*numbers} <= {nodes[end] for end in ends}}
    return {line.style for line in picture.lines if line.bond in whole}


@pytest.mark.parametrize("name", HARD)
def test_parents_stand_above_their_children_and_partners_level(name):
    """Within one shelf; a shelf begins where its lanes begin anew."""
    family = HARD[name]()
    picture = drawn(family)
    tops = [lane.box.y for lane in picture.lanes]
    words = [lane.label.whole for lane in picture.lanes]
    lanes: dict[int, str] = {}
    for person in picture.people:
        lanes[person.symbol.node] = next(
            w for top, w in reversed(list(zip(tops, words, strict=True))) if top < person.symbol.y
        )
    order = list(dict.fromkeys(words))
    for tie in family.ties:
        if tie.kind == Kind.PARTNER:
            assert lanes[tie.a] == lanes[tie.b]
        if tie.kind in PARENTS:
            assert order.index(lanes[tie.a]) < order.index(lanes[tie.b])


@pytest.mark.parametrize("name", HARD)
def test_every_tie_is_a_line(name):
    family = HARD[name]()
    picture = drawn(family)
    parents = {(tie.b, tie.a) for tie in family.ties if tie.kind in PARENTS}
    for tie in family.ties:
        shared = any((tie.a, up) in parents and (tie.b, up) in parents for up in range(50))
        assert shared or joined(picture, tie.a, tie.b), tie


def test_half_siblings_by_three_partners_hang_from_three_lines():
    picture = drawn(networks.three_partners())
    for father, child in ((2, 5), (3, 6), (3, 7), (4, 8)):
        assert joined(picture, 1, father, child) == {"solid"}
    assert not joined(picture, 2, 6) and not joined(picture, 4, 5, 8)
    assert len(picture.strokes) == 2
    assert {outline.caption.whole for outline in picture.outlines} == {
        "Mother’s home",
        "Father’s home",
    }
    child = who(picture, 5)[0].symbol
    assert child.marked and child.died


def test_adoption_keeps_the_birth_parents():
    picture = drawn(networks.adopted())
    assert joined(picture, 2, 3, 1) == {"solid"}
    assert "dashed" in joined(picture, 4, 5, 1)
    assert "dotted" in joined(picture, 8, 9, 1)
    assert "dotted" in joined(picture, 10, 7)


def test_who_lives_in_two_homes_is_drawn_in_both_and_joined():
    picture = drawn(networks.two_homes())
    assert {person.symbol.home for person in who(picture, 1)} == {1, 2}
    assert len(who(picture, 1)) == 2
    assert {line.style for line in picture.lines} == {"solid", "same", "dashdot"}
    # Two step-parents who are no couple share no line.
    assert not joined(picture, 5, 6, 1)


def test_an_unborn_child_and_names_that_no_box_expects():
    picture = drawn(networks.unborn())
    child = who(picture, 1)[0]
    assert child.symbol.form == "triangle"
    long = who(picture, 3)[0].label
    assert len(long.lines) == 3 and long.lines[1].endswith("…")
    assert long.whole.startswith("Father, whose name in full is of sixty letters or even more")
    assert 'direction="rtl"' in svg(picture, "", "")


def test_forty_people_can_be_read_on_one_sheet_of_a4():
    picture = drawn(networks.forty())
    assert len({person.symbol.node for person in picture.people}) == 40
    scale = min(277 / picture.width, 163 / picture.height)
    assert 14 * scale * POINTS >= 7
    page = on_paper(picture, "Network", "")
    assert f"height:{picture.height * scale:.2f}mm" in page


def test_a_small_family_prints_at_natural_size():
    page = on_paper(drawn(networks.unborn()), "Network", "")
    assert "font-size:10.50pt" in page
    # WeasyPrint would set them letter by letter, and Arabic falls apart.
    assert "<text" not in page and '<div dir="rtl"' in page


def test_nobody_at_all_is_an_empty_picture():
    assert layout(()).people == ()
    assert svg(layout(()), "Network", "").startswith("<svg")
