"""What the case room answers when a lower room, or the first page, asks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.rooms import Room
from reviews.permissions import Permission

ROOMS = [
    (_("Overview"), "reviews:detail", Permission.VIEW),
    (_("Dates"), "reviews:dates", Permission.VIEW),
    (_("Children"), "reviews:children", Permission.SEE_FAMILY),
    (_("People"), "reviews:people", Permission.APPOINT),
    (_("History"), "reviews:history", Permission.READ_HISTORY),
]


def rooms(review: Review, user: Any) -> list[Room]:
    return [
        Room(label, reverse(name, args=[review.pk]))
        for label, name, permission in ROOMS
        if user.has_perm(permission, review)
    ]


def worklist(user: Any) -> list[Need]:
    return []
