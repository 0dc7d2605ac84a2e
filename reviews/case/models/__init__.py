"""A review, the people on it, its children, its stages and its dates (all markers)."""

from reviews.case.models.children import Child
from reviews.case.models.dates import Deadline, Extension, Pause
from reviews.case.models.review import (
    Appointment,
    CaseModel,
    Recusal,
    Review,
    ReviewUserObjectPermission,
    StageChange,
)

__all__ = [
    "Appointment",
    "CaseModel",
    "Child",
    "Deadline",
    "Extension",
    "Pause",
    "Recusal",
    "Review",
    "ReviewUserObjectPermission",
    "StageChange",
]
