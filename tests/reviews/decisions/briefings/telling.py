"""Briefings on the way, by the real operations."""

from datetime import timedelta

from reviews.case.lifecycle import Stage
from reviews.decisions.briefings.models import Briefing
from reviews.decisions.briefings.operations import writing
from scr_portal.core import clock
from tests import builders

WORDS = {
    "title": "The decision on this case",
    "tells_outcome": True,
    "tells_nature": False,
    "tells_rationale": True,
    "text": "Your agency will be asked for its records in the next weeks.",
    "read_by": clock.today() + timedelta(days=10),
}


def ready(cast, review=None, **words):
    review = review or builders.review_at(Stage.DECIDED, cast)
    draft = writing.draft(review=review, version=0, by=cast.unit, **WORDS | words)
    writing.put_to_chair(briefing=draft, by=cast.unit)
    return Briefing.objects.select_related("review__board").get(pk=draft.pk)


def issued(cast, review=None, **words):
    briefing = ready(cast, review, **words)
    return writing.issue(briefing=briefing, version=briefing.version, by=cast.chair)
