"""Letters, made by their own operations."""

from typing import Any
from uuid import uuid4

from families.letters.models import Kind, Letter, Style
from families.letters.operations import letters as operations
from families.letters.operations import sending
from families.people.models import Person
from reviews.case.models import Review
from scr_portal.core import clock
from tests.cast import Cast
from tests.families.conftest import a_person

GIVEN = {"telephone": "0000 000 000", "day": "3 March at 2 pm", "place": "the library"}


def reader(cast: Cast, review: Review, pseudonym: str = "Mother", **fields: Any) -> Person:
    found = review.family.filter(pseudonym=pseudonym).first()
    named = {"real_name": "Maryam Invented", "sex": "female"} | fields
    return found or a_person(review, cast, pseudonym, **named)


def a_letter(cast: Cast, review: Review, by: Any = None, **fields: Any) -> Letter:
    """With everything filled in but the child's name, where the record has none."""
    for child in review.children.filter(real_name=""):
        child.real_name = "Sami Invented"
        child.save(update_fields=["real_name"])
    given: dict[str, Any] = {
        "kind": Kind.INFORMATION.value,
        "code": "en-gb",
        "style": Style.STANDARD.value,
        "token": uuid4().hex,
        "given": GIVEN,
        "by": by or cast.liaison,
    }
    if "person" not in fields:
        given["person"] = reader(cast, review)
    return operations.begin(review=review, **given | fields)


def sent(cast: Cast, review: Review, by: Any = None, **fields: Any) -> Letter:
    by = by or cast.liaison
    despite = fields.pop("despite", "")
    letter = a_letter(cast, review, by=by, **fields)
    return sending.send(
        letter=letter, version=letter.version, on=clock.today(), how="post", by=by, despite=despite
    )
