"""Terms of reference that are out for comments, with a comment on them."""

from typing import Any

from reviews.case.models import Review
from tests.cast import Cast
from tests.reviews.scoping.terms import drafting


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
