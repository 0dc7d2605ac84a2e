"""What the pages of a pass have in common."""

from django.http import HttpRequest

from quality_markers.assessments import operations
from quality_markers.assessments.models import Pass
from reviews.case.lifecycle import Stage
from scr_portal.core import clock

READ_AGAIN = 60 * 60
"""Seconds after which opening a pass is a new reading for the history."""


def note_reading(request: HttpRequest, assessment: Pass) -> None:
    """One event an hour and session, whichever of its pages the pass is opened by."""
    key, now = f"read_pass:{assessment.pk}", int(clock.now().timestamp())
    if now - request.session.get(key, 0) >= READ_AGAIN:
        request.session[key] = now
        operations.record_reading(assessment=assessment, by=request.user)


def editable(assessment: Pass) -> bool:
    return assessment.is_editable and assessment.review.stage != Stage.CLOSED
