import pytest

from quality_markers.assessments import operations
from quality_markers.catalogue.operations import load_own
from tests.builders import a_review


@pytest.fixture
def catalogue(db):
    return load_own()


@pytest.fixture
def review(cast, catalogue):
    """A review with a lead reviewer, a family liaison and a panel member."""
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel")
    return review


@pytest.fixture
def assessment(review, cast):
    return operations.open_pass(review=review, purpose="clarity", by=cast.lead)


@pytest.fixture
def ask(catalogue):
    """``ask("12.4")``: a question of the catalogue by its published number."""

    def asked(reference: str):
        marker, number = reference.split(".")
        found = catalogue.markers.get(number=marker).questions.get(number=number)
        found.marker = catalogue.markers.get(number=marker)
        return found

    return asked


@pytest.fixture
def write(assessment, ask):
    """``write("12.4", by=cast.lead, narrative="…")``, having read what stands there."""

    def written(reference: str, by, version=None, **changes):
        question = ask(reference)
        if version is None:
            row = assessment.answers.filter(question=question).first()
            version = row.version if row else 0
        return operations.save_answer(
            assessment=assessment, question=question, by=by, version=version, changes=changes
        )

    return written
