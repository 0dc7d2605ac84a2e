"""A relation as it is said of one of the two."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from families.people.models import Person, Relation, RelationKind
from families.people.rules import LASTING

K = RelationKind
# Of the child; the others are said alike of both.
THE_OTHER_WAY: dict[str, Any] = {
    K.BIRTH_PARENT: _("Child by birth of"),
    K.ADOPTIVE_PARENT: _("Child by adoption of"),
    K.FOSTER_CARER: _("Foster child of"),
    K.STEP_PARENT: _("Stepchild of"),
    K.GUARDIAN: _("In the care of"),
}


@dataclass(frozen=True)
class Said:
    """``kind`` and ``whom``: "Birth parent of", "Child R"."""

    relation: Relation
    kind: Any
    whom: Person

    @property
    def may_end(self) -> bool:
        return not self.relation.is_past and self.relation.kind not in LASTING


def said_of(person: Person, relation: Relation) -> Said:
    if relation.one_id == person.pk:
        return Said(relation, relation.get_kind_display(), relation.other)
    kind = THE_OTHER_WAY.get(relation.kind, relation.get_kind_display())
    return Said(relation, kind, relation.one)
