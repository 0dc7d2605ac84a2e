"""Lanes, lettering, the words beside the picture, and what the page may hold."""

import re

import pytest
from django.template.loader import render_to_string

from families.people.network.generations import generations
from families.people.network.layout import layout
from families.people.network.legend import legend
from families.people.network.lettering import clean, right_to_left, width, wrap
from families.people.network.rows import rows
from families.people.network.shape import Household, Node, Tie, tidy
from families.people.network.shown import shown
from tests.families.people.network import networks
from tests.families.people.network.networks import HARD


def lanes(*ties: Tie) -> list[int]:
    people = tuple(Node(n, str(n)) for n in range(1, 6))
    found = generations(tidy(people, ties, ()))
    return [found[n] for n in range(1, 6)]


def test_nobody_is_related_to_themselves_or_to_who_is_not_there():
    network = tidy(
        (Node(1, "A"), Node(1, "B")),
        (Tie("birth", 1, 1), Tie("birth", 1, 9), Tie("cousin", 1, 1)),
        (Household(1, "Home", (1, 1, 9)), Household(2, "Empty", (9,))),
    )
    assert [node.label for node in network.nodes] == ["A"]
    assert network.ties == ()
    assert network.households == (Household(1, "Home", (1,)),)


def test_grandparents_stand_next_above_parents_on_both_sides():
    """1 and 2 are mother and father of 3; 4 is the mother's mother, 5 hers."""
    assert lanes(
        Tie("birth", 1, 3), Tie("birth", 2, 3), Tie("birth", 4, 1), Tie("birth", 5, 4)
    ) == [2, 2, 3, 1, 0]


def test_a_cycle_of_ancestors_still_has_lanes():
    assert lanes(Tie("birth", 1, 2), Tie("birth", 2, 3), Tie("birth", 3, 1))[:3] == [0, 1, 2]


def test_a_sister_who_is_guardian_stands_beside_her_brother():
    found = lanes(Tie("birth", 1, 2), Tie("birth", 1, 3), Tie("guardian", 2, 3))
    assert found[1] == found[2] == found[0] + 1


def test_half_siblings_stand_level():
    found = lanes(Tie("birth", 1, 2), Tie("birth", 1, 3), Tie("birth", 2, 4), Tie("birth", 5, 3))
    assert found[1] == found[2]


@pytest.mark.parametrize("text", ["W" * 60, "e" + "\u0301" * 9, "والدة الطفل فاطمة", "a-b " * 20])
def test_no_line_is_wider_than_its_room(text):
    found = wrap(text, 110, 2)
    assert len(found) <= 2
    assert all(width(line) <= 110 for line in found)


def test_what_does_not_fit_ends_in_dots():
    assert wrap("Great-grandmother", 110, 2) == ("Great-", "grandmother")
    assert wrap("Maternal grandmother of both", 110, 2)[1].endswith("…")
    assert wrap("", 110, 2) == ()


def test_controls_and_turned_direction_never_reach_the_picture():
    assert clean("a\x00b\u202ec\ufffe\ud800\n d") == "abc d"
    assert clean("e" + "\u0301" * 40) == "e\u0301\u0301"
    assert right_to_left("(والدة)") and not right_to_left("12 Mother")


def test_rows_say_what_the_lines_say():
    family = networks.three_partners()
    found = {row.label: row for row in rows(family.nodes, family.ties, family.households)}
    assert found["Child A"].about == ("The child of the review", "Female", "Has died")
    assert found["Child A"].households == ("Mother’s home",)
    assert found["Child A"].relations == (
        "Child of Mother and Father of Child A by birth",
        "Stepchild of Mother’s partner",
        "Half-sister of Half-brother 1, Half-brother 2 and Half-sister 1",
    )
    assert "Former partner of Father of Child A (separated 2022)" in found["Mother"].relations
    assert "Brother of Half-brother 2" in found["Half-brother 1"].relations
    assert found["Neighbour"].relations == ("Knows Mother (neighbour)",)


def test_who_shares_the_only_parent_on_record_is_called_nothing():
    """Full or half is not known, so it is not said."""
    people = (Node(1, "Mother"), Node(2, "A"), Node(3, "B"))
    found = rows(people, (Tie("birth", 1, 2), Tie("birth", 1, 3)))
    assert found[1].relations == ("Child of Mother by birth",)


def test_the_legend_explains_only_what_is_there():
    words = [entry.words for entry in legend(layout((Node(1, "A", sex="female"),)))]
    assert words == ["Female"]
    family = networks.adopted()
    words = [entry.words for entry in legend(layout(family.nodes, family.ties, family.households))]
    assert {"By adoption", "Foster care or guardianship", "Crossed: has died"} <= {*words}
    assert "Step-relation" not in words


@pytest.mark.parametrize("name", HARD)
def test_the_page_holds_no_style_and_no_script(name):
    family = HARD[name]()
    network = shown(family.nodes, family.ties, family.households, title="Network <b>")
    page = render_to_string("families/people/network/picture.html", {"network": network})
    assert not re.search(r"\sstyle=|<script|\son[a-z]+=|href", page)
    assert "<b>" not in page
    assert page.count("<tr") == 1 + len(family.nodes)


def test_names_are_escaped():
    network = shown((Node(1, "<script>&'\"", '"><b>'),), title="Network")
    assert "<script>" not in network.svg + network.paper
    assert "<b>" not in network.svg + network.paper
    assert "1 person, 0 households" in network.svg
