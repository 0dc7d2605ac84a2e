"""A review looked at through the markers: judgement and words, never a score."""

from quality_markers.assessments.models.answers import (
    Answer,
    AnswerText,
    Kept,
    Reflection,
    ReflectionText,
    Written,
)
from quality_markers.assessments.models.evidence import EvidenceItem, Explanation
from quality_markers.assessments.models.passes import Pass, QuestionReturn, Submission
from quality_markers.assessments.models.working import Assignment, Delegation, MarkerPlan

__all__ = [
    "Answer",
    "AnswerText",
    "Assignment",
    "Delegation",
    "EvidenceItem",
    "Explanation",
    "Kept",
    "MarkerPlan",
    "Pass",
    "QuestionReturn",
    "Reflection",
    "ReflectionText",
    "Submission",
    "Written",
]
