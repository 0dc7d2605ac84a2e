"""A review under way with its people, and a mother, a father and a grandmother of the child."""

from types import SimpleNamespace
from typing import Any

import pytest

from families.people.models import Person
from families.people.operations.people import add_person
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from tests import builders
from tests.cast import Cast


def a_person(review: Review, cast: Cast, pseudonym: str = "Mother", **fields: Any) -> Person:
    given = {"relationship": "mother" if pseudonym == "Mother" else "other"} | fields
    return add_person(review=review, by=cast.liaison, pseudonym=pseudonym, **given)


@pytest.fixture
def review(cast) -> Review:
    """Under way, with everybody of the cast appointed."""
    found = builders.review_at(Stage.UNDER_WAY, cast)
    cast.on(found)
    return found


@pytest.fixture
def family(review, cast) -> Any:
    return SimpleNamespace(
        mother=a_person(review, cast, real_name="Maryam Invented", sex="female"),
        father=a_person(review, cast, "Father", relationship="father", sex="male"),
        grandmother=a_person(
            review, cast, "Maternal grandmother", relationship="grandparent", sex="female"
        ),
    )
