"""What the page of a pass shows of its files: the way to them, and what became of the last few."""

from typing import Any

from django import template

from quality_markers.assessments.models import Pass
from quality_markers.exports import queries

register = template.Library()


@register.inclusion_tag("quality_markers/exports/panel.html", takes_context=True)
def export_panel(context: template.Context, assessment: Pass) -> dict[str, Any]:
    """``{% load exports %}{% export_panel assessment %}``: nothing for who may not export."""
    user = context["request"].user
    may_export = queries.readable(user, assessment).exists()
    mine = queries.exports_of(user, assessment.review).filter(assessment=assessment)
    return {
        "request": context["request"],
        "assessment": assessment,
        "may_export": may_export,
        "exports": mine[:5] if may_export else [],
    }
