from hashlib import sha256
from uuid import uuid4

import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.models import Question
from quality_markers.catalogue.operations import load_own
from quality_markers.learning import operations
from quality_markers.learning.models import Theme
from reviews.case.models import Review
from reviews.signatures.models import Signature
from scr_portal.core import clock
from tests.builders import a_review
from tests.owner import as_owner


@pytest.fixture
def catalogue(db):
    return load_own()


@pytest.fixture
def review(cast, catalogue):
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel")
    return review


@pytest.fixture
def back(review, cast):
    """A pass that looks back."""
    return assessments.open_pass(review=review, purpose="retrospective", by=cast.lead)


@pytest.fixture
def theme(cast):
    return Theme.objects.create(board=cast.board, name="Time")


@pytest.fixture
def note(back, cast):
    """``note(marker=12, text="…")``: a marker by its number."""

    def noted(marker=None, **fields):
        found = back.markers.get(number=marker) if marker else None
        given = {"text": "Begin earlier.", "by": cast.lead, "token": uuid4().hex} | fields
        return operations.note(assessment=back, marker=found, **given)

    return noted


def close(review):
    """As after closure: the way there asks for everything that the other rooms hold."""
    Review.objects.filter(pk=review.pk).update(stage_since=clock.now())
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE reviews_review SET stage = 'closed' WHERE id = %s", [review.pk])
        cursor.execute("SET session_replication_role = origin")
    review.refresh_from_db()


@pytest.fixture
def closed(review):
    def shut(one=review):
        close(one)
        return one

    return shut


@pytest.fixture
def signed(cast, catalogue):
    """``signed(review, "clarity", {"1.1": "partly"})``: a pass as the chair has accepted it.

    By rows: a hundred of them by the pages would take hours.
    """

    def make(review, purpose, judgements, number=1):
        made = Pass.objects.create(
            review=review, catalogue=catalogue, number=number, purpose=purpose, opened_by=cast.lead
        )
        made.markers.set(catalogue.markers.all())
        asked = Question.objects.filter(marker__version=catalogue).select_related("marker")
        by_reference = {question.reference: question for question in asked}
        Answer.objects.bulk_create(
            Answer(
                review=review,
                board=cast.board,
                assessment=made,
                question=by_reference[reference],
                judgement=judgement,
                by=cast.lead,
            )
            for reference, judgement in judgements.items()
        )
        signature = Signature.objects.create(
            review=review,
            target_type="quality_markers.pass",
            target_id=str(made.pk),
            title="x",
            statement="x",
            content="{}",
            sha256=sha256(b"{}").hexdigest(),
            signer=cast.chair,
            signer_name="x",
            permission="reviews.read_markers",
            method="password",
        )
        now = clock.now()
        Pass.objects.filter(pk=made.pk).update(
            state="accepted", signature=signature, submitted_by=cast.lead, submitted_at=now
        )
        return made

    return make


@pytest.fixture
def reviews(cast, catalogue):
    """``reviews(6, year=2025)``: as many, referred in that year."""

    def make(number, year=2025):
        found = []
        for _each in range(number):
            review = a_review(cast)
            day = review.referred_on.replace(year=year)
            Review.objects.filter(pk=review.pk).update(
                referred_on=day, incident_on=day, reference=uuid4().hex[:12]
            )
            found.append(Review.objects.get(pk=review.pk))
        return found

    return make
