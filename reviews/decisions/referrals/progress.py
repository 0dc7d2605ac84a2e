from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.decisions.referrals.criteria import criteria_of
from reviews.decisions.referrals.models import ClauseTest
from reviews.permissions import Permission


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    clauses = criteria_of(review.profile).clauses
    rows = ClauseTest.objects.filter(review=review).values_list("clause", "answer")
    answers = dict(rows)
    open_ones = [
        each
        for each in clauses
        if answers.get(each.key, ClauseTest.Answer.UNKNOWN) == ClauseTest.Answer.UNKNOWN
    ]
    hint = _("Clauses of the criteria without an answer: %(n)s") % {"n": len(open_ones)}
    return [
        Step(
            _("The referral, and the criteria clause by clause"),
            reverse("reviews:referral", args=[review.pk]),
            How.BEGUN if open_ones else How.DONE,
            hint if open_ones else "",
        )
    ]
