"""What lies behind the addresses of the family's rooms (feedback), and who may open them."""

from typing import Any

from families.feedback.operations import evaluating
from families.people.models import Person
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast
from tests.matrix.marks import GUEST

OPEN = {GUEST: "families:guest_evaluation families:guest_evaluation_sent"}
ON_BOARD = {P.KEEP_REGISTERS: "families:figures families:figures_file"}
ON_REVIEW = [
    ({P.SEE_FAMILY}, "families:feedback families:evaluation"),
    (
        {P.KEEP_FAMILY},
        """families:feedback_tell families:evaluation_ask families:evaluation_paper
        families:evaluation_withdraw families:evaluation_write_down""",
    ),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    person = Person.objects.create(
        review=review, pseudonym="Great-aunt", relationship="aunt_or_uncle", created_by=cast.liaison
    )
    asked = evaluating.ask(
        review=review, person=person, how="link", by=cast.liaison, token="one-click"
    )
    one = {
        f"families:evaluation{act}": {"pk": asked.pk} for act in ("", "_withdraw", "_write_down")
    }
    return one | {"families:evaluation_ask": {"person": person.pk}}
