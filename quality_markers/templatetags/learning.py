"""Where a self-assessment looks back: the way to note what future reviews should do otherwise."""

from typing import Any

from django import template
from django.urls import reverse

from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker
from quality_markers.learning import rules
from quality_markers.learning.operations.noting import may_note

register = template.Library()


@register.inclusion_tag("quality_markers/learning/link.html", takes_context=True)
def improvement_link(
    context: template.Context, assessment: Pass, marker: Marker | None = None
) -> dict[str, Any]:
    """``{% load learning %}{% improvement_link assessment marker %}``: asks the database nothing.

    Nothing is shown to who may not note it, nor where there is nothing to look back on.
    """
    user, place = context["request"].user, [assessment.review_id, assessment.number]
    if not rules.takes_notes(assessment) or not may_note(user, assessment.review, marker):
        return {"url": ""}
    url = reverse("quality_markers:improvement_new", args=place)
    return {"url": f"{url}?marker={marker.number}" if marker else url}
