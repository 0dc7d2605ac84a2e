"""What lies behind the addresses of the family's rooms (people), and who may open them."""

from typing import Any

from families.people.operations.households import add_household, add_living
from families.people.operations.people import add_person
from families.people.operations.relations import add_relation
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

PEOPLE = ("person", "person_edit", "person_details", "person_remove")
RELATIONS = ("relation_edit", "relation_end", "relation_remove")
HOUSEHOLDS = ("household", "household_edit", "household_remove")
LIVINGS = ("living_end", "living_remove")

ON_REVIEW: list[tuple[set[P], str]] = [
    (
        {P.SEE_FAMILY},
        """families:people families:person families:network families:network_pdf
        families:households families:household""",
    ),
    (
        {P.KEEP_FAMILY},
        """families:person_new families:person_edit families:person_details
        families:person_remove families:relation_new families:relation_edit
        families:relation_end families:relation_remove families:household_new
        families:household_edit families:household_remove families:living_new
        families:living_end families:living_remove""",
    ),
]
POST_ASKS = dict.fromkeys(
    ("families:person", "families:network", "families:network_pdf", "families:household"),
    P.SEE_NAMES,
)


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    by = {"review": review, "by": cast.liaison}
    carer = add_person(pseudonym="Carer", relationship="foster_carer", **by)
    child = review.family.get(child__isnull=False)
    relation = add_relation(kind="foster", one=carer, other=child, **by)
    home = add_household(name="Carer's home", **by)
    living = add_living(household=home, person=carer, by=cast.liaison)
    rows = [(PEOPLE, carer), (RELATIONS, relation), (HOUSEHOLDS, home), (LIVINGS, living)]
    return {f"families:{name}": {"pk": row.pk} for names, row in rows for name in names}
