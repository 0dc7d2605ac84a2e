from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.permissions import Permission
from reviews.scoping.reviewers.queries import standings


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    label, url = _("Independent reviewers"), reverse("reviews:reviewers", args=[review.pk])
    stand = standings(review)
    if any(row.must_stop for row in stand.rows):
        return [Step(label, url, How.BEGUN, _("Somebody at work is no longer independent."))]
    if stand.undeclared:
        return [Step(label, url, How.BEGUN, _("A lead reviewer has not declared independence."))]
    if any(row.leads or row.open_engagements for row in stand.rows):
        return [Step(label, url, How.DONE)]
    return [Step(label, url, How.BEGUN if stand.rows else How.TO_DO)]
