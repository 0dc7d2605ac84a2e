import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.operations import load_own
from quality_markers.exports import layout, operations
from quality_markers.exports.content import Wish
from scr_portal.core import clock
from tests.builders import a_review


@pytest.fixture
def review(cast):
    load_own()
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel", "observer")
    return review


@pytest.fixture
def assessment(review, cast) -> Pass:
    return assessments.open_pass(review=review, purpose="progressive", by=cast.lead)


@pytest.fixture
def answer(cast):
    """``answer(assessment, "12.4", narrative="…")`` as the lead reviewer."""

    def answered(assessment: Pass, reference: str, by=None, **changes: str):
        marker, number = reference.split(".")
        question = (
            assessment.catalogue.markers.get(number=marker)
            .questions.select_related("marker")
            .get(number=number)
        )
        return assessments.save_answer(
            assessment=assessment, question=question, by=by or cast.lead, version=0, changes=changes
        )

    return answered


@pytest.fixture
def ask(cast):
    def asked(assessment: Pass, by=None, token: str = "one", **choices):
        return operations.ask(assessment=assessment, by=by or cast.lead, token=token, **choices)

    return asked


@pytest.fixture
def book(assessment):
    """``book(user, of=…)``: what is in their file."""

    def made(user, marker=None, on=None, **choices):
        one = on or assessment
        one.refresh_from_db()
        if marker:
            choices["marker"] = one.markers.get(number=marker)
        return layout.book_of(Wish(assessment=one, user=user, at=clock.now(), **choices))

    return made


@pytest.fixture
def file_for(book):
    def made(user, form="pdf", **choices) -> bytes:
        return layout.to_file(book(user, **choices), form)

    return made
