"""What self-assessments hold of a case, and what becomes of it.

Anonymising leaves the judgements, and what was gathered into the board's learning.
"""

from datetime import datetime
from typing import Any

from quality_markers.exports.models import Export
from quality_markers.packs.models import Pack
from reviews.permissions import Permission as P
from reviews.retention.holdings import Ending, Holding

GONE = """Submission QuestionReturn AnswerText ReflectionText EvidenceItem Explanation
    QuestionComment Movement Export Pack ReturnedPack ReturnedAnswer"""
LEARNED = ("gathered_text", "gathered_quote", "token")


def holdings() -> list[Holding]:
    reads: dict[str, Any] = {"reads": P.READ_MARKERS}
    return [
        Holding("quality_markers.Pass", **reads),
        Holding("quality_markers.Answer", **reads),
        Holding("quality_markers.Reflection", **reads),
        Holding("quality_markers.MarkerPlan", **reads),
        Holding("quality_markers.Assignment", reads=None),
        Holding("quality_markers.Delegation", reads=None),
        Holding("quality_markers.Improvement", keeps=LEARNED, **reads),
        *(Holding(f"quality_markers.{name}", Ending.REMOVE, **reads) for name in GONE.split()),
    ]


def copies_to_purge(board: Any, before: datetime, held: Any) -> list[int]:
    """Files that were made, and packs that were handed out and never came back."""
    made = Export.objects.filter(board=board, done_at__lt=before)
    packs = Pack.objects.filter(board=board, at__lt=before, returned__isnull=True)
    return [rows.exclude(review_id__in=held).delete()[0] for rows in (made, packs)]
