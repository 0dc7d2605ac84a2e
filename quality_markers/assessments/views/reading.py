"""What the pages of a pass have in common."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from quality_markers.assessments import operations
from quality_markers.assessments.models import Pass
from reviews.case.lifecycle import Stage
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

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


def carry_out(
    request: HttpRequest, act: Callable[[], Any], words: str, to: str | Pass
) -> HttpResponse:
    """One button: done and said, or what stands against it."""
    try:
        act()
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, words)
    return redirect(to)
