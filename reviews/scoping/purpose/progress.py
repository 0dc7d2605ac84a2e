from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.steps import How, Step
from reviews.permissions import Permission
from reviews.scoping.purpose.queries import agreed, in_work, standings


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = reverse("reviews:purpose", args=[review.pk])
    is_agreed = agreed(review) is not None
    begun = How.BEGUN if in_work(review) else How.TO_DO
    return [
        Step(_("The purpose, agreed"), url, How.DONE if is_agreed else begun),
        _told(review, url, is_agreed=is_agreed),
    ]


def _told(review: Review, url: str, *, is_agreed: bool) -> Step:
    label = _("Everybody concerned told what the review is for")
    if not is_agreed:
        return Step(label, url, How.LATER, _("The purpose is agreed first."))
    stand = standings(review)
    left = [str(each.group.label) for each in stand if each.is_open]
    if not left:
        return Step(label, url, How.DONE)
    begun = len(left) < len(stand)
    hint = _("Not told yet: %(who)s") % {"who": ", ".join(left)}
    return Step(label, url, How.BEGUN if begun else How.TO_DO, hint)
