"""Whatever people enter, however it contradicts itself, the picture can be read."""

from collections import Counter
from itertools import combinations, product

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.people.network.layout import layout
from families.people.network.picture import Box, Letters, Line, Picture
from families.people.network.shape import Household, Kind, Life, Node, Sex, Tie
from families.people.network.svg import svg
from tests.families.people.network.networks import HARD, Family

PEOPLE = 60

words = st.one_of(
    st.sampled_from(["Mother", "Half-brother 1", "والدة الطفل", "e\u0301\u0302\u0303\u0304", ""]),
    st.text(max_size=60),
    st.text("W", min_size=40, max_size=60),
)
# Also people who are not there.
ids = st.integers(1, PEOPLE + 3)


def nodes(count: int) -> st.SearchStrategy[list[Node]]:
    return st.lists(
        st.builds(
            Node,
            id=st.integers(1, count),
            label=words,
            detail=words,
            sex=st.sampled_from(Sex),
            life=st.sampled_from(Life),
            is_child=st.booleans(),
        ),
        max_size=count,
        unique_by=lambda node: node.id,
    )


ties = st.lists(
    st.builds(Tie, st.sampled_from(Kind), ids, ids, st.booleans(), words), max_size=PEOPLE + 20
)
households = st.lists(
    st.builds(Household, st.integers(1, 9), words, st.lists(ids, max_size=14).map(tuple)),
    max_size=9,
)
families = st.builds(
    lambda n, t, h: Family(tuple(n), tuple(t), tuple(h)),
    st.one_of(nodes(12), nodes(PEOPLE)),
    ties,
    households,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(families)
def test_any_network_can_be_read(family):
    picture = layout(family.nodes, family.ties, family.households)
    everything_holds(family, picture)
    assert picture == layout(family.nodes, family.ties, family.households)


@pytest.mark.parametrize("name", HARD)
def test_the_hard_families_can_be_read(name):
    family = HARD[name]()
    everything_holds(family, layout(family.nodes, family.ties, family.households))


@pytest.mark.parametrize("kind", Kind)
def test_sixty_people_of_one_household_all_tied_to_one(kind):
    people = tuple(Node(n, f"Person {n}") for n in range(1, PEOPLE + 1))
    family = Family(
        people,
        tuple(Tie(kind, 1, each.id) for each in people),
        (Household(1, "Home", tuple(each.id for each in people)),),
    )
    everything_holds(family, layout(family.nodes, family.ties, family.households))


def everything_holds(family: Family, picture: Picture) -> None:
    each_person_stands_where_they_live(family, picture)
    nothing_covers_a_label(picture)
    no_line_crosses_words_or_symbols(picture)
    no_two_lines_run_as_one(picture)
    all_lies_inside(picture)
    parsed = fromstring(svg(picture, "Family & network", "<words>"))
    assert parsed.tag == "{http://www.w3.org/2000/svg}svg"


def each_person_stands_where_they_live(family: Family, picture: Picture) -> None:
    known = {node.id for node in family.nodes}
    homes: dict[int, tuple[int, ...]] = {}
    for home in family.households:
        if known & {*home.members}:
            homes.setdefault(home.id, home.members)
    expected = {(each, home) for home, members in homes.items() for each in {*members} & known}
    expected |= {(each, None) for each in known - {each for each, _ in expected}}
    drawn = [(person.symbol.node, person.symbol.home) for person in picture.people]
    assert Counter(drawn) == Counter(expected)
    outlines = {outline.home: outline.box for outline in picture.outlines}
    for person in picture.people:
        around = {home for home, box in outlines.items() if box.meets(person.symbol.box)}
        assert around == ({person.symbol.home} - {None})
        assert around == {home for home, box in outlines.items() if box.meets(person.label.box)}


def labels(picture: Picture) -> list[Letters]:
    return [
        *(person.label for person in picture.people),
        *(outline.caption for outline in picture.outlines),
        *(lane.label for lane in picture.lanes),
    ]


def nothing_covers_a_label(picture: Picture) -> None:
    boxes = [label.box for label in labels(picture)]
    symbols = [person.symbol.box for person in picture.people]
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert not any(a.meets(b) for a, b in product(boxes, symbols))
    assert not any(a.meets(b) for a, b in combinations(symbols, 2))
    outlines = [outline.box for outline in picture.outlines]
    assert not any(a.meets(b) for a, b in combinations(outlines, 2))


def span(line: Line) -> Box:
    (x, y), (x2, y2) = line.points
    return Box(min(x, x2), min(y, y2), abs(x - x2), abs(y - y2))


def no_line_crosses_words_or_symbols(picture: Picture) -> None:
    boxes = [label.box for label in labels(picture)]
    for line in picture.lines:
        (x, y), (x2, y2) = line.points
        assert x == x2 or y == y2
        assert not any(span(line).meets(box) for box in boxes)
        for place, person in enumerate(picture.people):
            if place not in line.ends:
                assert not span(line).meets(person.symbol.box)


def all_lies_inside(picture: Picture) -> None:
    boxes = [label.box for label in labels(picture)]
    boxes += [person.symbol.box for person in picture.people]
    boxes += [outline.box for outline in picture.outlines] + [lane.box for lane in picture.lanes]
    boxes += [span(line) for line in picture.lines]
    for box in boxes:
        assert box.x >= 0 and box.y >= 0
        assert box.right <= picture.width and box.bottom <= picture.height


def no_two_lines_run_as_one(picture: Picture) -> None:
    """They may cross; where two ran along each other nobody could say which goes where."""
    for a, b in combinations(picture.lines, 2):
        assert a.bond == b.bond or not along(a, b)


def along(a: Line, b: Line) -> bool:
    one, other = span(a), span(b)
    if one.width == other.width == 0 and one.x == other.x:
        return one.y < other.bottom and other.y < one.bottom
    if one.height == other.height == 0 and one.y == other.y:
        return one.x < other.right and other.x < one.right
    return False
