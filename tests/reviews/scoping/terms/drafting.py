"""Terms of reference as the operations make them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from reviews.case.models import Review
from reviews.scoping.terms import queries, rules
from reviews.scoping.terms.models import Comment, Round, Terms
from reviews.scoping.terms.operations import comments, rounds, signing, writing
from scr_portal.core import clock
from tests.cast import Cast

FULL = {
    "breadth": "Eighteen months in full, the years before in outline.",
    "questions": "How did each agency come to understand the bruises?",
    "method": "Conversations with practitioners, then two learning events.",
    "family": "The grandmother is told first, by the liaison.",
    "equality": "Polish is spoken at home. Ask who interpreted, and what was lost.",
    "parallel": "None is known of by name.",
    "knowledge": "Somebody who knows health visiting.",
    "scale": "Small, since the last review looked at the same hospital.",
    "case_family": "A young mother with much support.",
    "case_practice": "Three agencies, one missed meeting.",
    "case_law": "No duty beyond the usual.",
    "context_learning": "The review of 2024 on bruising.",
    "context_reviewers": "Two are free in May.",
    "context_public": "Little so far.",
    "context_other_work": "An audit draws on the same nurses.",
    "context_plans": "Bruising is a priority.",
    "context_board": "The chair is new.",
    "context_openness": "The inquest makes people careful.",
}


def token() -> str:
    return uuid4().hex


def fields(terms: Terms, key: str) -> dict[str, str]:
    return writing.fields_of(terms, key, terms.sections.filter(key=key).first())


def write(terms: Terms, key: str, by: Any, **changes: str) -> None:
    writing.save_section(
        review=terms.review,
        key=key,
        by=by,
        version=rules.token(fields(terms, key)),
        changes=changes,
    )
    terms.refresh_from_db()


def begun(cast: Cast, review: Review, **texts: str) -> Terms:
    terms = writing.begin(review=review, by=cast.unit)
    for key, text in texts.items():
        write(terms, key, cast.unit, text=text)
    return terms


def sent_out(
    cast: Cast, review: Review, people: Any = None, days: int = 10, by: Any = None
) -> Round:
    return rounds.send_out(
        review=review,
        people=people or [cast.member],
        question="What would you add?",
        closes_on=clock.today() + timedelta(days=days),
        by=by or cast.unit,
    )


def said(found: Round, by: Any, text: str = "Ask about the nursery.", **fields: Any) -> Comment:
    given = {"section": "questions", "token": token()} | fields
    return comments.comment(found=found, text=text, by=by, **given)


def settled(comment: Comment, by: Any, disposition: str = "taken", note: str = "") -> None:
    comments.dispose(given=comment, disposition=disposition, note=note, by=by)


def signed(cast: Cast, review: Review) -> Terms:
    terms = queries.current(review)
    if terms is None or terms.state == Terms.State.SIGNED:
        terms = begun(cast, review, questions="How?")
    if terms.number > 1:
        write(terms, "changed", cast.unit, text="Wider than before.")
    signing.put_to_chair(terms=terms, by=cast.unit)
    terms.refresh_from_db()
    return signing.sign_terms(terms=terms, version=terms.version, by=cast.chair, method="password")
