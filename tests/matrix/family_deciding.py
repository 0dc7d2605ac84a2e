"""What lies behind the addresses of the family's rooms (deciding), and who may open them."""

from typing import Any

from families.involvement.models import GroupNote, Waiver
from families.involvement.operations import deciding, proceedings, safety, support, waiving
from families.people.operations.people import add_person
from reviews.case.models import Review
from reviews.permissions import Permission as P
from scr_portal.core import clock
from tests.cast import Cast

OF_A_PERSON = ("involved", "inclusion_new", "standing_new", "consultation_new")
OF_A_PERSON += ("safety_edit", "safety_reason", "support_new")

ON_REVIEW: list[tuple[set[P], str]] = [
    ({P.SEE_FAMILY}, "families:involvement families:involved"),
    (
        {P.KEEP_FAMILY},
        """families:group_note families:inclusion_new families:disagree families:standing_new
        families:standing_edit families:consultation_new families:safety_edit
        families:support_new families:support_edit families:support_move""",
    ),
    ({P.SEE_SAFETY}, "families:safety_reason families:apart_new families:apart_end"),
    ({P.SIGN}, "families:family_waive families:family_waiver_end"),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    by = {"by": cast.liaison}
    named = {"review": review, "relationship": "other"} | by
    aunt, uncle = (add_person(pseudonym=name, **named) for name in ("Aunt", "Uncle"))
    decided = deciding.decide(
        person=aunt,
        choice="invited",
        reason="She cared for the child.",
        decided_on=clock.today(),
        decided_by="The review team",
        token="1",
        **by,
    )
    standing = proceedings.add_standing(person=aunt, kind="civil", part="party", **by)
    apart = safety.keep_apart(review=review, one=aunt, other=uncle, reason="He threatens her", **by)
    helped = support.add_support(person=aunt, kind="travel", **by)
    waiver = waiving.waive(
        review=review, about="report", person=aunt, reason="She wishes so.", by=cast.chair
    )
    return {
        **{f"families:{name}": {"person": aunt.pk} for name in OF_A_PERSON},
        "families:group_note": {"group": GroupNote.Group.GRANDPARENTS.value},
        "families:disagree": {"pk": decided.pk},
        "families:standing_edit": {"pk": standing.pk},
        "families:apart_end": {"pk": apart.pk},
        "families:support_edit": {"pk": helped.pk},
        "families:support_move": {"pk": helped.pk, "state": "agreed"},
        "families:family_waive": {"about": Waiver.About.ACCURACY.value},
        "families:family_waiver_end": {"pk": waiver.pk},
    }
