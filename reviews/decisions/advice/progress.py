from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.decisions.advice.queries import latest_recommendation, meetings_of
from reviews.permissions import Permission


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    label, url = _("The sub-group's recommendation"), reverse("reviews:advice", args=[review.pk])
    if made := latest_recommendation(review):
        hint = _("Recommended: %(what)s") % {"what": made.get_outcome_display()}
        return [Step(label, url, How.DONE, hint)]
    return [Step(label, url, How.BEGUN if meetings_of(review).exists() else How.TO_DO)]
