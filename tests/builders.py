"""Builders walk the real operations: no fixture is in a state that the product can't reach."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from families.involvement.operations import waiving
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.lifecycle import advance
from reviews.decisions.decision import operations as decisions
from reviews.decisions.decision.models import Decision, Factor
from reviews.decisions.referrals import operations as referrals
from reviews.documents import operations as documents
from reviews.documents.models import Document
from reviews.permissions import Role
from reviews.scoping.purpose.models import Group
from reviews.scoping.purpose.operations import ledger
from reviews.scoping.purpose.operations import statement as purposes
from scr_portal.core import clock
from tests.cast import Cast

DAYS = {
    "incident_on": date(2026, 1, 12),
    "aware_on": date(2026, 1, 13),
    "notified_on": date(2026, 1, 16),
    "referred_on": date(2026, 1, 20),
}
CASE = {"pseudonym": "Child R"} | DAYS
CHILD = {"pseudonym": "Child R", "harm": "harmed", "age_at_incident": "7 months"}
REFERRAL = {
    "referrer_name": "Named nurse",
    "ground": "criteria",
    "rationale": "Three agencies knew of the bruises, and none had the whole picture.",
}
DECISION = {
    "outcome": "review",
    "criteria_met": True,
    "nature": "Two lead reviewers, eighteen months of practice, one learning event.",
    "rationale": "Abuse is suspected and agencies did not share what they knew.",
    "delay_reason": "The hospital's chronology came after the limit.",
    "factors": dict.fromkeys(Factor.values, ("neither", "Weighed by the panel.")),
}
# The way from referral to closure, with whoever may take each step.
WAY = [
    (Stage.CONSIDERING, Role.UNIT),
    (Stage.DECIDED, Role.CHAIR),
    (Stage.COMMISSIONING, Role.UNIT),
    (Stage.UNDER_WAY, Role.UNIT),
    (Stage.DRAFTING, Role.UNIT),
    (Stage.SIGN_OFF, Role.UNIT),
    (Stage.RESPONDING, Role.CHAIR),
    (Stage.PUBLICATION, Role.CHAIR),
    (Stage.IMPLEMENTING, Role.CHAIR),
    (Stage.CLOSED, Role.CHAIR),
]


def a_review(cast: Cast, **case: Any) -> Review:
    return referrals.refer(
        board=cast.board, by=cast.unit, case=CASE | case, child=CHILD, referral=REFERRAL
    )


def a_document(review: Review, cast: Cast, **fields: Any) -> Document:
    """A text file of the unit's, unless ``content`` and ``file`` (its name) say otherwise."""
    given = {"by": cast.unit, "title": "Minutes", "kind": "minutes", "token": uuid4().hex} | fields
    content, name = given.pop("content", b"What was said."), given.pop("file", "minutes.txt")
    return documents.add(review=review, upload=SimpleUploadedFile(name, content), **given)


def decide(review: Review, cast: Cast, **fields: Any) -> Decision:
    """Draft, put to the chair and sign; the review must be under consideration."""
    draft = decisions.draft(review=review, version=0, by=cast.unit, **DECISION | fields)
    decisions.put_to_chair(decision=draft, by=cast.unit)
    draft.refresh_from_db()
    return decisions.sign_decision(
        decision=draft, version=draft.version, by=cast.chair, method="password"
    )


def tell_purpose(review: Review, cast: Cast, **fields: Any) -> None:
    """Write the statement of purpose, agree to it, and record every group as told today."""
    said = {"text": "To learn.", "complications": "There is a trial.", "no_complications": False}
    written = purposes.write(review=review, version=0, by=cast.unit, **said | fields)
    purposes.agree(statement=written, version=written.version, by=cast.chair)
    ledger.tell(
        review=review,
        groups=dict.fromkeys(Group.values, ""),
        told_on=clock.today(),
        how="meeting",
        told_by="The chair",
        note="",
        by=cast.unit,
        token=f"told-{written.pk}",
    )


def excuse_family(review: Review, cast: Cast) -> None:
    """The chair lets the work begin before anybody of the family was considered or told."""
    for about in ("deciding", "informing"):
        waiving.waive(review=review, about=about, reason="They asked to wait.", by=cast.chair)


def review_at(stage: Stage, cast: Cast, **case: Any) -> Review:
    review = a_review(cast, **case)
    for target, role in WAY:
        if review.stage == stage:
            break
        if target == Stage.DECIDED:
            decide(review, cast)
        else:
            if target == Stage.UNDER_WAY:
                cast.on(review, Role.LEAD)
                tell_purpose(review, cast)
                excuse_family(review, cast)
            advance(review=review, to=target, by=cast.people[role])
        review = Review.objects.select_related("board").get(pk=review.pk)
    return review
