"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission


def worklist(user: Any) -> list[Need]:
    return _to_consider(user)


def _to_consider(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.EDIT).filter(stage=Stage.REFERRED)
    return [
        Need(
            text=_("Begin to consider the referral"),
            url=reverse("reviews:referral", args=[review.pk]),
            review=review,
            since=review.stage_since,
        )
        for review in reviews
    ]


def rooms(review: Review, user: Any) -> list[dict[str, str]]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return [
        {
            "part": Part.DECISION,
            "label": _("Referral"),
            "name": "reviews:referral",
            "url": reverse("reviews:referral", args=[review.pk]),
        }
    ]
