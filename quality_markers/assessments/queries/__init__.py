"""What is read of the self-assessments."""

from quality_markers.assessments.queries.lines import (
    LIGHT,
    Line,
    Sheet,
    last_saved,
    question_url,
    sheets,
    words_of,
)
from quality_markers.assessments.queries.people import last_to_write, told_of, wrote_in
from quality_markers.assessments.queries.reached import (
    Progress,
    considered,
    how_far,
    lacking_reasons,
    progress,
)
from quality_markers.assessments.queries.reading import (
    Pair,
    Scope,
    markers_for,
    markers_within,
    may,
    passes_of,
    passes_within,
    scope,
)
from quality_markers.assessments.queries.record import contradictions, facts_for, put_record_beside
from quality_markers.assessments.queries.submissions import changes, returned
from quality_markers.assessments.queries.working import (
    Leave,
    fills_in,
    leave_of,
    plan_of,
    who_fill_in,
)

__all__ = [
    "LIGHT",
    "Leave",
    "Line",
    "Pair",
    "Progress",
    "Scope",
    "Sheet",
    "changes",
    "considered",
    "contradictions",
    "facts_for",
    "fills_in",
    "how_far",
    "lacking_reasons",
    "last_saved",
    "last_to_write",
    "leave_of",
    "markers_for",
    "markers_within",
    "may",
    "passes_of",
    "passes_within",
    "plan_of",
    "progress",
    "put_record_beside",
    "question_url",
    "returned",
    "scope",
    "sheets",
    "told_of",
    "who_fill_in",
    "words_of",
    "wrote_in",
]
