from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.decisions.decision.models import Decision
from reviews.decisions.decision.queries import tellings
from reviews.permissions import Permission


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return [_decided(review), *_told(review)]


def _decided(review: Review) -> Step:
    label, url = _("The chair's decision"), reverse("reviews:decision", args=[review.pk])
    states = set(review.decisions.values_list("state", flat=True))
    if review.stage == Stage.REFERRED:
        return Step(label, url, How.LATER, _("Begin to consider the referral first."))
    if Decision.State.READY in states:
        return Step(label, url, How.BEGUN, _("It waits for the chair's signature."))
    if review.stage == Stage.CONSIDERING:
        return Step(label, url, How.BEGUN if Decision.State.DRAFT in states else How.TO_DO)
    return Step(label, url, How.DONE, review.get_outcome_display() if review.outcome else "")


def _told(review: Review) -> list[Step]:
    """Only where the timetable asks for it by now."""
    stand = tellings(review)
    left = [body for each in stand for body in each.left]
    if not stand:
        return []
    hint = _("Not told yet: %(who)s") % {"who": ", ".join(dict.fromkeys(left))} if left else ""
    begun = any(each.told for each in stand)
    return [
        Step(
            _("National bodies told"),
            reverse("reviews:national", args=[review.pk]),
            (How.BEGUN if begun else How.TO_DO) if left else How.DONE,
            hint,
        )
    ]
