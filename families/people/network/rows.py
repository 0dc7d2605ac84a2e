"""The same facts as sentences, for the table beside the picture and for who cannot see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from families.people.network.shape import (
    PARENTS,
    SIBLINGS,
    Household,
    Kind,
    Life,
    Network,
    Node,
    Sex,
    Tie,
    tidy,
)

_SEXES: dict[str, object] = {Sex.FEMALE: __("Female"), Sex.MALE: __("Male")}
_LIVES: dict[str, object] = {
    Life.DIED: __("Has died"),
    Life.UNBORN: __("Not yet born"),
    Life.UNKNOWN: __("Not known whether alive"),
}
_PARENT_OF = {
    Kind.BIRTH: __("Birth parent of %(who)s"),
    Kind.ADOPTIVE: __("Adoptive parent of %(who)s"),
    Kind.STEP: __("Step-parent of %(who)s"),
    Kind.FOSTER: __("Foster carer of %(who)s"),
    Kind.GUARDIAN: __("Guardian of %(who)s"),
}
_CHILD_OF = {
    Kind.BIRTH: __("Child of %(who)s by birth"),
    Kind.ADOPTIVE: __("Adopted by %(who)s"),
    Kind.STEP: __("Stepchild of %(who)s"),
    Kind.FOSTER: __("In the foster care of %(who)s"),
    Kind.GUARDIAN: __("In the guardianship of %(who)s"),
}
_SIBLING_OF: dict[tuple[str, str | None], object] = {
    (Kind.SIBLING, Sex.FEMALE): __("Sister of %(who)s"),
    (Kind.SIBLING, Sex.MALE): __("Brother of %(who)s"),
    (Kind.SIBLING, None): __("Sibling of %(who)s"),
    (Kind.HALF_SIBLING, Sex.FEMALE): __("Half-sister of %(who)s"),
    (Kind.HALF_SIBLING, Sex.MALE): __("Half-brother of %(who)s"),
    (Kind.HALF_SIBLING, None): __("Half-sibling of %(who)s"),
    (Kind.STEP_SIBLING, Sex.FEMALE): __("Stepsister of %(who)s"),
    (Kind.STEP_SIBLING, Sex.MALE): __("Stepbrother of %(who)s"),
    (Kind.STEP_SIBLING, None): __("Step-sibling of %(who)s"),
    (Kind.ADOPTIVE_SIBLING, Sex.FEMALE): __("Adoptive sister of %(who)s"),
    (Kind.ADOPTIVE_SIBLING, Sex.MALE): __("Adoptive brother of %(who)s"),
    (Kind.ADOPTIVE_SIBLING, None): __("Adoptive sibling of %(who)s"),
}


@dataclass(frozen=True)
class Row:
    """``about`` says what the form of the symbol says, ``relations`` what the lines say."""

    id: int
    label: str
    detail: str
    note: str
    is_child: bool
    about: tuple[str, ...]
    households: tuple[str, ...]
    relations: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(each for each in (*self.about, self.detail, self.note) if each)


def rows(
    nodes: Sequence[Node], ties: Iterable[Tie] = (), households: Iterable[Household] = ()
) -> tuple[Row, ...]:
    network = tidy(nodes, ties, households)
    names = {node.id: node.label for node in network.nodes}
    siblings = _siblings(network)
    return tuple(
        Row(
            node.id,
            node.label,
            node.detail,
            node.note,
            node.is_child,
            _about(node),
            tuple(home.label for home in network.households if node.id in home.members),
            tuple(_relations(node, network, names, siblings)),
        )
        for node in network.nodes
    )


def _about(node: Node) -> tuple[str, ...]:
    sex, life = _SEXES.get(node.sex), _LIVES.get(node.life)
    child = _("The child of the review") if node.is_child else None
    return tuple(str(words) for words in (child, sex, life) if words)


def _relations(
    node: Node,
    network: Network,
    names: dict[int, str],
    siblings: dict[tuple[int, int], str],
) -> Iterable[str]:
    ties = network.ties
    for kind in PARENTS:
        yield from _said(
            _CHILD_OF[kind], [t for t in ties if (t.kind, t.b) == (kind, node.id)], node, names
        )
    partners = [t for t in ties if t.kind == Kind.PARTNER and node.id in (t.a, t.b)]
    for tie in partners:
        words = _("Former partner of %(who)s") if tie.ended else _("Partner of %(who)s")
        yield from _said(words, [tie], node, names)
    for kind in PARENTS:
        yield from _said(
            _PARENT_OF[kind], [t for t in ties if (t.kind, t.a) == (kind, node.id)], node, names
        )
    sex = node.sex if node.sex in _SEXES else None
    for kind in SIBLINGS:
        found = [names[o] for (one, o), sort in siblings.items() if (one, sort) == (node.id, kind)]
        if found:
            yield str(_SIBLING_OF[kind, sex]) % {"who": _listed(found)}
    for tie in ties:
        if tie.kind == Kind.OTHER and node.id in (tie.a, tie.b):
            yield from _said(_("Knows %(who)s"), [tie], node, names)


def _said(words: object, ties: list[Tie], node: Node, names: dict[int, str]) -> Iterable[str]:
    """One sentence for all of a sort; words of a tie stand in brackets behind its person."""
    found = []
    for tie in ties:
        other = names[tie.b if tie.a == node.id else tie.a]
        found.append(f"{other} ({tie.words})" if tie.words else other)
    if found:
        yield str(words) % {"who": _listed(found)}


def _listed(found: list[str]) -> str:
    return get_text_list(found, _("and"))


def _siblings(network: Network) -> dict[tuple[int, int], str]:
    """As entered; where nothing was, from the birth parents.

    Half-siblings are those of whom both parents are on record and one is not shared. Of others
    nothing is guessed beyond that they share a parent.
    """
    found: dict[tuple[int, int], str] = {}
    for tie in network.ties:
        if tie.kind in SIBLINGS:
            found.setdefault((tie.a, tie.b), tie.kind)
            found.setdefault((tie.b, tie.a), tie.kind)
    parents: dict[int, set[int]] = {}
    for tie in network.ties:
        if tie.kind == Kind.BIRTH:
            parents.setdefault(tie.b, set()).add(tie.a)
    for one, mine in parents.items():
        for other, theirs in parents.items():
            if one != other and mine & theirs and len(mine) == len(theirs) == 2:
                same = mine == theirs
                found.setdefault((one, other), Kind.SIBLING if same else Kind.HALF_SIBLING)
    return found
