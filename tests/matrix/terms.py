"""Terms of reference that are out for comments, with a comment on them."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission as P
from reviews.permissions import Role
from tests.cast import Cast
from tests.reviews.scoping.terms import drafting

ON_REVIEW = [
    (
        {P.READ_SCOPE},
        "reviews:terms reviews:terms_compare reviews:terms_round reviews:terms_version",
    ),
    (
        {P.WRITE_SCOPE},
        """reviews:terms_begin reviews:terms_edit reviews:terms_section reviews:terms_earlier
        reviews:terms_round_new reviews:terms_round_close reviews:terms_dispose reviews:terms_put
        reviews:terms_take_back""",
    ),
    ({P.WRITE_SCOPE, P.SIGN}, "reviews:terms_inputs reviews:terms_inputs_ask"),
    ({P.GIVE_INPUT}, "reviews:terms_asked reviews:terms_comment"),
    ({P.WRITE_SCOPE, P.GIVE_INPUT}, "reviews:terms_answer"),
    ({P.SIGN}, "reviews:terms_return reviews:terms_sign"),
    ({P.EXPORT}, "reviews:terms_file"),
]
ASKED_OF = {"reviews:terms_asked": Role.MEMBER.value}
FOR_INPUT = {"reviews:terms_comment"}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    drafting.begun(cast, review, questions="How did it come about?")
    found = drafting.sent_out(cast, review, [cast.panel])
    of_comment = {"pk": drafting.said(found, cast.panel).pk}
    of_round = {"pk": found.pk}
    return {
        "reviews:terms_section": {"key": "questions"},
        "reviews:terms_earlier": {"key": "questions"},
        "reviews:terms_round": of_round,
        "reviews:terms_round_close": of_round,
        "reviews:terms_comment": of_round,
        "reviews:terms_answer": of_comment,
        "reviews:terms_dispose": of_comment,
        "reviews:terms_version": {"pk": found.version_id},
        "reviews:terms_file": {"pk": found.version_id, "kind": "docx"},
    }
