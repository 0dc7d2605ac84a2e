"""A review on which everything was done that comes before its work, by the real operations."""

from datetime import timedelta
from uuid import uuid4

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.lifecycle import advance
from reviews.decisions.advice.operations import challenge, inputs, panel
from reviews.decisions.returns.operations import gathering
from reviews.documents.models import Document
from reviews.scoping.terms.operations import rounds
from scr_portal.core import clock
from scr_portal.documents.models import FileText
from tests import builders
from tests.cast import Cast
from tests.families import whole_family
from tests.reviews.decisions.briefings import telling
from tests.reviews.decisions.returns import asked
from tests.reviews.scoping import building
from tests.reviews.scoping.terms import drafting


def made(cast: Cast) -> Review:
    review = builders.review_at(Stage.CONSIDERING, cast)
    _learn(cast, review)
    _hear(cast, review)
    builders.decide(review, cast)
    telling.issued(cast, review)
    advance(review=review, to=Stage.COMMISSIONING, by=cast.unit)
    _engage(cast, review)
    cast.on(review)
    building.governed(cast, review)
    building.an_impasse(cast, review)
    builders.tell_purpose(review, cast)
    _agree_terms(cast, review)
    builders.excuse_family(review, cast)
    whole_family.met(cast, review)
    advance(review=review, to=Stage.UNDER_WAY, by=cast.unit)
    return Review.objects.select_related("board").get(pk=review.pk)


def _learn(cast: Cast, review: Review) -> None:
    asked.a_return(cast, review)
    asked.a_notice(cast, review)
    gathering.save_gathering(
        review=review,
        version=0,
        by=cast.unit,
        lived_elsewhere="no",
        context="Two reviews of bruising.",
        sufficient="Every agency has answered.",
    )


def _hear(cast: Cast, review: Review) -> None:
    meeting = panel.record_meeting(
        review=review, by=cast.unit, held_on=clock.today(), present="All", absent="", considered=""
    )
    panel.recommend(
        review=review,
        by=cast.unit,
        token=uuid4().hex,
        outcome="review",
        nature="Small",
        rationale="The criteria are met.",
        meeting=meeting,
    )
    challenge.record_challenge(
        review=review, by=cast.unit, sought=False, not_sought_reason="The case is plain."
    )
    inputs.ask(
        review=review,
        about="decision",
        people=[cast.member],
        question="Is this in proportion?",
        told="",
        due_on=clock.today() + timedelta(days=7),
        by=cast.unit,
    )


def _engage(cast: Cast, review: Review) -> None:
    reviewer = building.a_reviewer(cast, user=cast.lead)
    building.declared(cast, review, reviewer)
    building.engaged(cast, review, reviewer)
    building.partnered(cast, review, agreed="Northmere leads.")
    building.a_process(cast, review)


def _agree_terms(cast: Cast, review: Review) -> None:
    drafting.begun(cast, review, **drafting.FULL)
    found = drafting.sent_out(cast, review, [cast.lead, cast.panel])
    drafting.settled(drafting.said(found, cast.lead), cast.unit)
    rounds.close(found=found, by=cast.unit)
    drafting.signed(cast, review)


def a_report(cast: Cast, review: Review, says: str) -> Document:
    """On the list of documents, looked through and read by the machine."""
    found = builders.a_document(
        review, cast, title="Report", kind="report", content=says.encode(), file="report.txt"
    )
    (version,) = found.versions.all()
    FileText.objects.update_or_create(file=version.file, defaults={"text": says})
    return found
