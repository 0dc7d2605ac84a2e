from itertools import count

import pytest

from quality_markers.assessments import operations as assessments
from quality_markers.catalogue.operations import load_own
from quality_markers.comments import operations
from tests.builders import a_review


@pytest.fixture
def review(cast):
    load_own()
    review = a_review(cast)
    cast.on(review, "lead", "liaison", "panel", "observer")
    return review


@pytest.fixture
def assessment(review, cast):
    return assessments.open_pass(review=review, purpose="clarity", by=cast.lead)


@pytest.fixture
def ask(assessment):
    """``ask("12.4")``: a question by its published number."""

    def asked(reference: str):
        marker, number = reference.split(".")
        questions = assessment.markers.get(number=marker).questions
        return questions.select_related("marker").get(number=number)

    return asked


@pytest.fixture
def say(assessment, ask, cast):
    """``say("12.4", by=cast.lead, to=[cast.chair])``, each time with a click of its own."""
    clicks = count()

    def said(reference: str = "12.4", by=None, text: str = "Have we asked her?", **given):
        given = {"token": f"click-{next(clicks)}", "by": by or cast.lead} | given
        return operations.comment(
            assessment=assessment, question=ask(reference), text=text, **given
        )

    return said
