from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.permissions import Permission
from reviews.scoping.governance.queries import Arrangements


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    label, url = _("Who answers for what"), reverse("reviews:governance", args=[review.pk])
    found = Arrangements(review)
    if not (found.responsibilities or found.steps or found.texts):
        return [Step(label, url, How.TO_DO)]
    texts = found.texts
    whole = texts is not None and all((texts.challenge, texts.balance, texts.impasse))
    if found.findings or not whole:
        return [Step(label, url, How.BEGUN, _("The page says what is missing."))]
    return [Step(label, url, How.DONE)]
