import pytest

from reviews.case.models import Review
from tests import builders


@pytest.fixture
def review(cast) -> Review:
    """With everybody of the cast appointed; people may speak to a review at any stage."""
    found = builders.a_review(cast)
    cast.on(found)
    return found
