"""What lies behind the addresses of comments and comparisons, and who may open them."""

from typing import Any

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations import passes
from quality_markers.comments import operations as comments
from reviews.case.models import Review
from reviews.permissions import Permission as P
from tests.cast import Cast

READ = {P.READ_MARKERS, P.READ_FAMILY_MARKERS}
ANSWER = {P.ANSWER_MARKERS, P.ANSWER_FAMILY_MARKERS}

ON_REVIEW: list[tuple[set[P], str]] = [
    (READ, "quality_markers:comments quality_markers:question_comments"),
    ({P.COMMENT_MARKERS}, "quality_markers:comment_resolve quality_markers:comment_reopen"),
    (
        READ,
        """quality_markers:compare_choose quality_markers:compare
        quality_markers:compare_narrative""",
    ),
    ({P.ANSWER_MARKERS}, "quality_markers:compare_why"),
    (ANSWER, "quality_markers:compare_why_question"),
]
POST_ASKS = {"quality_markers:question_comments": P.COMMENT_MARKERS}


def special(cast: Cast, review: Review) -> dict[str, dict[str, Any]]:
    first = Pass.objects.get(review=review, number=1)
    asked = first.markers.get(number=12).questions.select_related("marker").get(number=1)
    thread = comments.comment(
        assessment=first, question=asked, text="Have we asked?", token="one-click", by=cast.liaison
    )
    passes.open_pass(review=review, purpose="retrospective", by=cast.lead)
    two = {"earlier": 1, "later": 2}
    return {
        **{f"quality_markers:{name}": two for name in ("compare", "compare_narrative")},
        "quality_markers:compare_why": two,
        "quality_markers:compare_why_question": two | {"question": asked.pk},
        "quality_markers:question_comments": {"marker": 12, "question": 1},
        "quality_markers:comment_resolve": {"pk": thread.pk},
        "quality_markers:comment_reopen": {"pk": thread.pk},
    }
