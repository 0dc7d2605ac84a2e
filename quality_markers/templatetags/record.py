"""Where the record says otherwise than the answers of a pass, for any page of that pass."""

from typing import Any

from django import template

from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries.record import Standing, contradictions

register = template.Library()


@register.inclusion_tag("quality_markers/assessments/contradictions.html", takes_context=True)
def against_record(
    context: template.Context, assessment: Pass, level: int = 2, limit: int | None = None
) -> dict[str, Any]:
    """``{% load record %}{% against_record assessment %}``: nothing where nothing is at odds.

    ``limit``: how many to name where a page has little room, and the rest are a link away.
    """
    given_up = assessment.state == Pass.State.WITHDRAWN
    found = [] if given_up else contradictions(assessment, context["request"].user)
    standing = Standing(found)
    named = standing.unexplained[:limit]
    return {
        "standing": standing,
        "named": named,
        "more": len(standing.unexplained) - len(named),
        "assessment": assessment,
        "base": assessment.get_absolute_url(),
        "level": level,
    }
