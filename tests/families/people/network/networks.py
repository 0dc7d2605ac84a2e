"""Five families that are hard to draw, invented."""

from collections.abc import Sequence
from dataclasses import dataclass

from families.people.network.shape import Household, Node, Tie


@dataclass(frozen=True)
class Family:
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    households: tuple[Household, ...] = ()


def parents(kind: str, ups: Sequence[int], downs: Sequence[int]) -> list[Tie]:
    return [Tie(kind, up, down) for down in downs for up in ups]


def three_partners() -> Family:
    """A mother, children by three men, her parents, and the child's other grandmother."""
    nodes = (
        Node(1, "Mother", "aged 34", "female"),
        Node(2, "Father of Child A", "aged 36", "male"),
        Node(3, "Father of Half-brother 1 and 2", "aged 41", "male"),
        Node(4, "Mother’s partner", "aged 29", "male"),
        Node(5, "Child A", "born 3 March 2021", "female", "died", is_child=True),
        Node(6, "Half-brother 1", "aged 12", "male"),
        Node(7, "Half-brother 2", "aged 9", "male"),
        Node(8, "Half-sister 1", "aged 1", "female"),
        Node(9, "Maternal grandmother", "aged 61", "female"),
        Node(10, "Maternal grandfather", "Died 2016", "male", "died"),
        Node(11, "Paternal grandmother", "aged 66", "female"),
        Node(12, "Neighbour", "", "female"),
    )
    ties = (
        *parents("birth", (1, 2), (5,)),
        *parents("birth", (1, 3), (6, 7)),
        *parents("birth", (1, 4), (8,)),
        *parents("birth", (9, 10), (1,)),
        *parents("birth", (11,), (2,)),
        Tie("partner", 1, 2, True, "separated 2022"),
        Tie("partner", 1, 3, True, "divorced 2018"),
        Tie("partner", 1, 4),
        Tie("partner", 9, 10),
        Tie("step", 4, 5),
        Tie("other", 12, 1, words="neighbour"),
    )
    homes = (
        Household(1, "Mother’s home", (1, 4, 5, 8, 6, 7)),
        Household(2, "Father’s home", (2, 11)),
    )
    return Family(nodes, ties, homes)


def adopted() -> Family:
    """Adopted by two, birth parents kept, a brother adopted elsewhere, foster carers between."""
    nodes = (
        Node(1, "Child B", "aged 6", "male", is_child=True),
        Node(2, "Birth mother", "aged 27", "female"),
        Node(3, "Birth father", "not known", "male", "unknown"),
        Node(4, "Adoptive mother", "aged 44", "female"),
        Node(5, "Adoptive father", "aged 47", "male"),
        Node(6, "Adoptive sister", "aged 10", "female"),
        Node(7, "Full brother", "aged 8, adopted elsewhere", "male"),
        Node(8, "Foster carer 1", "2019 to 2021", "female"),
        Node(9, "Foster carer 2", "2019 to 2021", "female"),
        Node(10, "Birth grandmother", "aged 52", "female"),
        Node(11, "Adoptive grandmother", "aged 70", "female"),
        Node(12, "Adoptive grandfather", "Died 2020", "male", "died"),
    )
    ties = (
        *parents("birth", (2, 3), (1, 7)),
        *parents("adoptive", (4, 5), (1,)),
        *parents("birth", (4, 5), (6,)),
        *parents("foster", (8, 9), (1, 7)),
        *parents("birth", (10,), (2,)),
        *parents("birth", (11, 12), (5,)),
        Tie("guardian", 10, 7),
        Tie("partner", 4, 5),
        Tie("partner", 8, 9),
        Tie("partner", 11, 12),
        Tie("adoptive_sibling", 1, 6),
    )
    homes = (
        Household(1, "Adoptive home", (4, 5, 1, 6)),
        Household(2, "Foster home", (8, 9)),
        Household(3, "Grandmother’s home", (10, 7)),
    )
    return Family(nodes, ties, homes)


def two_homes() -> Family:
    """A child whose week is shared between two homes, in each of which there is a new partner."""
    nodes = (
        Node(1, "Child C", "aged 9", "other", is_child=True),
        Node(2, "Sister", "aged 12", "female"),
        Node(3, "Mother", "aged 38", "female"),
        Node(4, "Father", "aged 40", "male"),
        Node(5, "Mother’s partner", "aged 35", "female"),
        Node(6, "Father’s partner", "aged 33", "female"),
        Node(7, "Half-brother", "aged 2", "male"),
        Node(8, "Stepbrother", "aged 11", "male"),
        Node(9, "Grandmother", "aged 68", "female"),
    )
    ties = (
        *parents("birth", (3, 4), (1, 2)),
        *parents("birth", (4, 6), (7,)),
        *parents("birth", (5,), (8,)),
        *parents("birth", (9,), (3,)),
        Tie("step", 5, 1),
        Tie("step", 6, 1),
        Tie("step_sibling", 1, 8),
        Tie("partner", 3, 4, True, "separated 2019"),
        Tie("partner", 3, 5),
        Tie("partner", 4, 6),
    )
    homes = (
        Household(1, "Mother’s home, weekdays", (3, 5, 1, 2, 8)),
        Household(2, "Father’s home, weekends", (4, 6, 1, 2, 7)),
    )
    return Family(nodes, ties, homes)


def unborn() -> Family:
    """A child not yet born, parents of sixteen, and names that no box expects."""
    nodes = (
        Node(1, "Unborn child", "due May 2026", "unknown", "unborn", is_child=True),
        Node(2, "والدة الطفل فاطمة بنت عبد الرحمن", "aged 16", "female"),
        Node(3, "Father, whose name in full is of sixty letters or even more", "aged 17", "male"),
        Node(4, "Grandmother", "aged 35", "female"),
        Node(5, "Grandmother’s former partner", "aged 39", "male"),
        Node(6, "Donaudampfschifffahrtsgesellschaftskapitän", "aged 58", "male"),
        Node(7, "Z̴̡̛͖̲͌͒̽a̷̢̛͎̓l̶̺̈́g̷̱̽o̵̳̊", "aged 3", "female"),
        Node(8, "Great-grandmother", "aged 57", "female", "alive"),
        Node(9, "Vicar", "St Chad’s", "other"),
    )
    ties = (
        *parents("birth", (2, 3), (1,)),
        *parents("birth", (4, 5), (2, 7)),
        *parents("birth", (8, 6), (4,)),
        Tie("partner", 2, 3),
        Tie("partner", 4, 5, True, "separated 2024"),
        Tie("partner", 8, 6, True, "divorced 1999"),
        Tie("other", 9, 4, words="faith"),
    )
    homes = (Household(1, "Grandmother’s home", (4, 2, 7, 1)), Household(2, "With friends", (3,)))
    return Family(nodes, ties, homes)


def forty() -> Family:
    """Four couples of grandparents and great-grandparents, nine households, forty people."""
    nodes: list[Node] = [Node(1, "Child D", "aged 4", "male", is_child=True)]
    ties: list[Tie] = []
    homes: list[Household] = []

    def person(label: str, sex: str, detail: str = "", life: str = "alive") -> int:
        nodes.append(Node(len(nodes) + 1, label, detail or f"aged {20 + len(nodes)}", sex, life))
        return len(nodes)

    def couple(one: str, other: str, ended: str = "") -> tuple[int, int]:
        pair = person(one, "female"), person(other, "male")
        ties.append(Tie("partner", *pair, bool(ended), ended))
        return pair

    old = couple("Great-grandmother", "Great-grandfather")
    mothers = couple("Maternal grandmother", "Maternal grandfather")
    fathers = couple("Paternal grandmother", "Paternal grandfather", "divorced 1994")
    later = person("Grandfather’s second wife", "female")
    parent = couple("Mother", "Father", "separated 2023")
    ties += parents("birth", old, (mothers[0],)) + parents("birth", mothers, (parent[0],))
    ties += parents("birth", fathers, (parent[1],)) + parents("birth", parent, (1,))
    ties.append(Tie("partner", fathers[1], later))
    former, partner = person("Former partner", "male"), person("Partner", "male")
    ties += [Tie("partner", parent[0], former, True, "2019"), Tie("partner", parent[0], partner)]
    older = [person(f"Half-sister {n}", "female") for n in (1, 2)]
    baby = person("Half-brother 1", "male")
    ties += parents("birth", (parent[0], former), older)
    ties += [*parents("birth", (parent[0], partner), (baby,)), Tie("step", partner, 1)]
    homes.append(Household(1, "Mother’s home", (parent[0], partner, 1, *older, baby)))
    homes.append(Household(2, "Father’s home", (parent[1], 1)))
    homes.append(Household(3, "Maternal grandparents’ home", mothers))
    for n, above in enumerate((mothers, mothers, fathers, (fathers[1], later)), 1):
        pair = couple(f"Aunt {n}", f"Uncle {n}")
        ties += parents("birth", above, (pair[0],))
        cousins = [person(f"Cousin {n}{letter}", "female") for letter in "abc"[: 1 + n % 3]]
        ties += parents("birth", pair, cousins)
        homes.append(Household(3 + n, f"Home of Aunt {n}", (*pair, *cousins)))
    carers = couple("Foster carer 1", "Foster carer 2")
    ties += parents("foster", carers, older)
    homes.append(Household(8, "Foster home", (*carers, older[1])))
    while len(nodes) < 40:
        friend = person(f"Friend {len(nodes) - 36}", "unknown", "neighbour")
        ties.append(Tie("other", friend, parent[0], words="neighbour"))
    return Family(tuple(nodes), tuple(ties), tuple(homes))


HARD = {f.__name__: f for f in (three_partners, adopted, two_homes, unborn, forty)}
