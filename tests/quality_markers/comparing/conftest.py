import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Answer
from quality_markers.catalogue.operations import load_own
from tests.builders import a_review


@pytest.fixture
def review(cast):
    load_own()
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel", "observer")
    return review


@pytest.fixture
def passes(review, cast):
    """The first of all markers at the start, the last of the markers 1, 2, 4 and 12."""
    first = assessments.open_pass(review=review, purpose="clarity", by=cast.lead)
    last = assessments.open_pass(
        review=review, purpose="retrospective", by=cast.lead, markers=[1, 2, 4, 12]
    )
    return first, last


@pytest.fixture
def write(cast):
    """``write(assessment, "12.4", judgement="partly")`` over whatever stands there."""

    def written(assessment, reference: str, by=None, **changes):
        marker, number = reference.split(".")
        questions = assessment.markers.get(number=marker).questions
        question = questions.select_related("marker").get(number=number)
        row = Answer.objects.filter(assessment=assessment, question=question).first()
        return assessments.save_answer(
            assessment=assessment,
            question=question,
            by=by or cast.lead,
            version=row.version if row else 0,
            changes=changes,
        )

    return written
