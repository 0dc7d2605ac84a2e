import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import CatalogueVersion
from quality_markers.catalogue.operations import load_own
from quality_markers.exports import operations
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

    def answered(assessment: Pass, reference: str, **changes: str):
        marker, number = reference.split(".")
        question = (
            CatalogueVersion.objects.get()
            .markers.get(number=marker)
            .questions.select_related("marker")
            .get(number=number)
        )
        return assessments.save_answer(
            assessment=assessment, question=question, by=cast.lead, version=0, changes=changes
        )

    return answered


@pytest.fixture
def ask(cast):
    def asked(assessment: Pass, by=None, token: str = "one", marker=None):
        return operations.ask(assessment=assessment, by=by or cast.lead, token=token, marker=marker)

    return asked
