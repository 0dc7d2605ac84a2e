"""What a page needs of a network: ``{% include "families/people/network/picture.html" %}``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.people.network.layout import layout
from families.people.network.legend import Entry, legend
from families.people.network.on_paper import on_paper
from families.people.network.picture import Picture
from families.people.network.rows import Row, rows
from families.people.network.shape import Household, Node, Tie
from families.people.network.svg import svg


@dataclass(frozen=True)
class Shown:
    title: str
    description: str
    picture: Picture
    legend: tuple[Entry, ...]
    rows: tuple[Row, ...]

    @property
    def svg(self) -> SafeString:
        return svg(self.picture, self.title, self.description)

    @property
    def paper(self) -> SafeString:
        """For a PDF, on a page of A4 laid across with margins of 10 mm."""
        return on_paper(self.picture, self.title, self.description)


def shown(
    nodes: Sequence[Node],
    ties: Sequence[Tie] = (),
    households: Sequence[Household] = (),
    *,
    title: str,
) -> Shown:
    picture = layout(nodes, ties, households)
    found = rows(nodes, ties, households)
    people = ngettext("%(count)s person", "%(count)s people", len(found)) % {"count": len(found)}
    homes = len(picture.outlines)
    live = ngettext("%(count)s household", "%(count)s households", homes) % {"count": homes}
    description = _("%(people)s, %(homes)s; the table below says the same in words.") % {
        "people": people,
        "homes": live,
    }
    return Shown(title, description, picture, legend(picture), found)
