import pytest

from reviews.case.lifecycle import Stage
from tests import builders
from tests.reviews.scoping.terms import drafting


@pytest.fixture
def review(cast):
    review = builders.review_at(Stage.COMMISSIONING, cast)
    cast.on(review)
    return review


@pytest.fixture
def terms(cast, review):
    return drafting.begun(cast, review, questions="How did it come about?")
