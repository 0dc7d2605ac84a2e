"""Where the record says otherwise than the answers of a pass, for any page of that pass."""

from typing import Any

from django import template

from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries.record import Standing, contradictions

register = template.Library()


@register.inclusion_tag("quality_markers/assessments/contradictions.html", takes_context=True)
def against_record(context: template.Context, assessment: Pass, level: int = 2) -> dict[str, Any]:
    """``{% load record %}{% against_record assessment %}``: nothing where nothing is at odds."""
    return {
        "standing": Standing(contradictions(assessment, context["request"].user)),
        "assessment": assessment,
        "base": assessment.get_absolute_url(),
        "level": level,
    }
