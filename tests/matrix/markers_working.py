"""What lies behind the addresses of plans, assignments and stand-ins."""

from datetime import timedelta
from typing import Any

from quality_markers.assessments import operations
from quality_markers.assessments.models import Pass
from reviews.case.models import Review
from reviews.permissions import Permission as P
from scr_portal.core import clock
from tests.cast import Cast
from tests.matrix.marks import SIGNED_IN

FILL_IN = {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS, P.ANSWER_ASSIGNED}
OPEN = {SIGNED_IN: "quality_markers:my_questions"}
ON_REVIEW: list[Any] = [
    ({P.READ_MARKERS, P.READ_FAMILY_MARKERS}, "quality_markers:plan quality_markers:changes"),
    (
        {P.ANSWER_MARKERS},
        """quality_markers:plan_several quality_markers:plan_marker quality_markers:unplan
        quality_markers:take_up quality_markers:assign quality_markers:withdraw
        quality_markers:reopen quality_markers:newer""",
    ),
    (
        FILL_IN,
        """quality_markers:assignment_end quality_markers:stand_ins
        quality_markers:stand_in_new quality_markers:stand_in_end""",
    ),
]
# Somebody else's is not there for who does not assign.
ABSENT_NOW = {"quality_markers:assignment_end", "quality_markers:stand_in_end"}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    assessment = Pass.objects.get(review=review, number=1)
    marker = assessment.markers.get(number=1)
    # What is assigned to the panel member is theirs to fill in.
    [row] = operations.assign(
        assessment=assessment, person=cast.panel, markers=[marker], by=cast.lead
    )
    away = operations.name_stand_in(
        review=review,
        person=cast.panel,
        deputy=cast.lead,
        begins=clock.today(),
        ends=clock.today() + timedelta(days=7),
        by=cast.panel,
    )
    return {
        "quality_markers:assignment_end": {"pk": row.pk},
        "quality_markers:stand_in_end": {"pk": away.pk},
    }
