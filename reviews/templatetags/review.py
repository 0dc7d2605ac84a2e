"""The frame of every page of a review: which one it is, and its rooms."""

from typing import Any

from django import template

from reviews.case.models import Review
from reviews.case.parts import navigation
from reviews.case.timetable import PauseReason
from scr_portal.core.contributions import collect

register = template.Library()


@register.filter
def pause_reason(kind: str) -> str:
    """The words of timetable.PauseReason; a reason of an older list shows as it was written."""
    return str(PauseReason(kind).label) if kind in PauseReason.values else kind


@register.inclusion_tag("reviews/case/shell.html", takes_context=True)
def review_shell(context: template.Context, review: Review) -> dict[str, Any]:
    """Templates extend ``reviews/case/base.html``, which calls this with the context's review."""
    request = context["request"]
    rooms = collect("rooms", review, request.user)
    return {"review": review, **navigation(rooms, request.path)}
