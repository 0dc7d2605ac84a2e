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
from quality_markers.assessments.operations.assigning import (
    assign,
    end_assignment,
    end_stand_in,
    name_stand_in,
)
from quality_markers.assessments.operations.explaining import explain
from quality_markers.assessments.operations.moving import move, reopen, withdraw
from quality_markers.assessments.operations.passes import (
    catalogue_for,
    open_pass,
    record_reading,
)
from quality_markers.assessments.operations.planning import (
    plan_marker,
    plan_several,
    take_up,
    unplan,
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
    "assign",
    "catalogue_for",
    "end_assignment",
    "end_stand_in",
    "explain",
    "move",
    "name_stand_in",
    "open_pass",
    "plan_marker",
    "plan_several",
    "record_reading",
    "reopen",
    "restore",
    "restore_reflection",
    "return_pass",
    "save_answer",
    "save_reflection",
    "submission_of",
    "submit",
    "take_back",
    "take_up",
    "unplan",
    "withdraw",
]
