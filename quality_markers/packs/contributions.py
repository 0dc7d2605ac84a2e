from typing import Any

from django.utils.translation import gettext as _

from quality_markers.assessments.models import Pass
from quality_markers.assessments.rules import FILL_IN
from quality_markers.packs.models import ReturnedPack
from reviews.case.models import Review
from reviews.case.needs import Need


def worklist(user: Any) -> list[Need]:
    """Files that this person brought back, until each answer in them is taken or left.

    As long as they may settle them: who fills in nothing any more is not reminded.
    """
    visible = Review.objects.visible_to_any(user, *FILL_IN)
    waiting = ReturnedPack.objects.filter(
        by=user,
        done_at__isnull=True,
        pack__assessment__state__in=Pass.EDITABLE,
        review__in=visible,
    ).select_related("review", "pack__assessment")
    text = _("Settle the answers that came back to self-assessment %(number)s")
    return [
        Need(
            text=text % {"number": one.pack.assessment.number},
            url=one.get_absolute_url(),
            review=one.review,
            since=one.at,
        )
        for one in waiting
    ]
