"""A board with reviews and open passes, made by the real operations."""

from dataclasses import dataclass
from datetime import timedelta

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Question
from quality_markers.catalogue.operations import load_own
from reviews.case.models import Review
from reviews.case.operations.people import appoint
from reviews.case.operations.record import create_review
from reviews.permissions import Role
from scr_portal.core import clock
from tests import cast as casting


@dataclass
class Seeded:
    cast: casting.Cast
    reviews: list[Review]
    passes: list[Pass]
    questions: list[Question]

    def address(self, assessment: Pass, question: Question) -> str:
        number = f"{question.marker.number}/{question.number}"
        return f"{assessment.get_absolute_url()}answer/{number}/"


def seed(reviews: int) -> Seeded:
    cast, catalogue = casting.gather(), load_own()
    made = [_review(cast, number) for number in range(reviews)]
    passes = [
        assessments.open_pass(review=review, purpose="clarity", by=cast.lead) for review in made
    ]
    questions = Question.objects.filter(marker__in=catalogue.markers.all())
    return Seeded(cast, made, passes, list(questions.select_related("marker")))


def _review(cast: casting.Cast, number: int) -> Review:
    """Its dates run from the day on which the board learned of it."""
    day = clock.today() - timedelta(days=10)
    review = create_review(
        board=cast.board,
        by=cast.unit,
        pseudonym=f"Child {number}",
        incident_on=day,
        aware_on=day,
        referred_on=day,
    )
    appoint(review=review, user=cast.lead, role=Role.LEAD, by=cast.unit)
    return review
