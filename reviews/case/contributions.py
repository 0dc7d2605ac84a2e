"""What the case room answers when a lower room, or the first page, asks."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.operations import deadlines
from reviews.case.worklist import needs_of
from reviews.permissions import Permission
from scr_portal.accounts.models import Board

ROOMS = [
    (_("Overview"), "reviews:detail", Permission.VIEW),
    (_("Dates"), "reviews:dates", Permission.VIEW),
    (_("Children"), "reviews:children", Permission.SEE_FAMILY),
    (_("People"), "reviews:people", Permission.APPOINT),
    (_("History"), "reviews:history", Permission.READ_HISTORY),
]


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    return [
        {"label": label, "name": name, "url": reverse(name, args=[review.pk])}
        for label, name, permission in ROOMS
        if user.has_perm(permission, review)
    ]


def worklist(user: Any) -> list[Need]:
    return needs_of(user)


def closures_changed(board: Board) -> list[Any]:
    """An office closure moves every date that is counted in working days."""
    deadlines.recalculate_board(board=board)
    return []


# Who holds one of these may be told of a review without seeing it: what they get is theirs.
TOLD = (Permission.GIVE_INPUT, Permission.RECEIVE_BRIEFINGS, Permission.ANSWER_REQUESTS)


def visible_reviews(user: Any, asked: bool = False) -> list[QuerySet[Review]]:
    """For the inbox, its count and its emails: the door of the reviews themselves.

    With ``asked``, those of which the person may be asked something, whatever they see of them.
    """
    return [Review.objects.visible_to_any(user, *(TOLD if asked else (Permission.VIEW,)))]
