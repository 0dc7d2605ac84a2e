"""The frame of every page of a review: which one it is, and its rooms."""

from typing import Any

from django import template

from reviews.case.models import Review
from reviews.case.rooms import active_room
from scr_portal.core.contributions import collect

register = template.Library()


@register.inclusion_tag("reviews/case/shell.html", takes_context=True)
def review_shell(context: template.Context, review: Review) -> dict[str, Any]:
    """Templates extend ``reviews/case/base.html``, which calls this with the context's review."""
    request = context["request"]
    rooms = collect("rooms", review, request.user)
    here = active_room(rooms, request.path)
    items = [{"label": r.label, "url": r.url, "active": r is here} for r in rooms]
    return {"review": review, "items": items}
