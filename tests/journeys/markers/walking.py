"""How the review of this journey gets to be commissioned, and from stage to stage."""

from reviews.case.lifecycle import Stage
from tests import builders
from tests.journeys.families import walking
from tests.journeys.families.pages import ago
from tests.journeys.families.walking import DAYS
from tests.journeys.markers.pages import CHILD


def commission() -> None:
    """With everybody appointed and the purpose told; the family is excused for now."""
    cast = walking.the_cast()
    days = {name: ago(number) for name, number in DAYS.items()}
    review = builders.review_at(Stage.COMMISSIONING, cast, pseudonym=CHILD, **days)
    cast.on(review)
    builders.tell_purpose(review, cast)
    builders.excuse_family(review, cast)


def move(*stages: str) -> None:
    walking.move(*stages, child=CHILD)
