"""What lies behind the addresses of a board's learning."""

from typing import Any

from quality_markers.assessments.models import Pass
from quality_markers.learning.models import Improvement, Theme
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

READ = {P.READ_MARKERS, P.READ_FAMILY_MARKERS}
ANSWER = {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS}

ON_BOARD = {
    P.READ_LEARNING: """quality_markers:learning quality_markers:learning_figures
        quality_markers:learning_file""",
    P.KEEP_REGISTERS: """quality_markers:learning_themes quality_markers:theme_retire
        quality_markers:theme_put_back""",
}
ON_REVIEW: list[Any] = [
    (READ, "quality_markers:improvements"),
    (
        ANSWER,
        """quality_markers:improvement_new quality_markers:improvement_edit
        quality_markers:improvement_drop quality_markers:improvement_put_back""",
    ),
    (
        {P.ANSWER_MARKERS},
        "quality_markers:improvement_gather quality_markers:improvement_take_back",
    ),
]


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    """An improvement of a marker about the family, so that liaison reads it too."""
    opened = Pass.objects.filter(review=review).earliest("number")
    made = Improvement.objects.create(
        review=review,
        assessment=opened,
        marker=opened.markers.filter(is_family=True).first(),
        text="Tell the family earlier.",
        by=cast.lead,
        token="one-improvement",
    )
    theme = Theme.objects.create(board=cast.board, name="Family")
    acts = ("edit", "drop", "put_back", "gather", "take_back")
    return {
        **{f"quality_markers:improvement_{act}": {"pk": made.pk} for act in acts},
        "quality_markers:theme_retire": {"pk": theme.pk},
        "quality_markers:theme_put_back": {"pk": theme.pk},
        "quality_markers:learning_file": {"kind": "csv"},
    }
