"""Writes of the self-assessments: passes, their texts, and the way to the chair's signature."""

from quality_markers.assessments.operations.acceptance import (
    STATEMENT,
    accept,
    against_signing,
    against_submitting,
    return_pass,
    submission_of,
    submit,
    take_back,
)
from quality_markers.assessments.operations.explaining import explain
from quality_markers.assessments.operations.passes import (
    catalogue_for,
    open_pass,
    record_reading,
)
from quality_markers.assessments.operations.texts import (
    Conflict,
    restore,
    restore_reflection,
    save_answer,
    save_reflection,
)

__all__ = [
    "STATEMENT",
    "Conflict",
    "accept",
    "against_signing",
    "against_submitting",
    "catalogue_for",
    "explain",
    "open_pass",
    "record_reading",
    "restore",
    "restore_reflection",
    "return_pass",
    "save_answer",
    "save_reflection",
    "submission_of",
    "submit",
    "take_back",
]
