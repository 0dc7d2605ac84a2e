from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.decisions.briefings.queries import in_work, issued_on, signed_decision
from reviews.permissions import Permission


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    label, url = _("Board members briefed"), reverse("reviews:briefing_room", args=[review.pk])
    if latest := issued_on(review).first():
        waiting = latest.told - latest.read - latest.given_up
        words = ngettext(
            "%(n)s of %(told)s members has not read it",
            "%(n)s of %(told)s members have not read it",
            waiting,
        )
        hint = words % {"n": waiting, "told": latest.told} if waiting else ""
        return [Step(label, url, How.BEGUN if waiting else How.DONE, hint)]
    if signed_decision(review) is None:
        return [Step(label, url, How.LATER, _("It tells of a decision that has been signed."))]
    return [Step(label, url, How.BEGUN if in_work(review) else How.TO_DO)]
