"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quality_markers.assessments.rules import READ
from quality_markers.learning.queries.review import waiting
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission
from scr_portal.accounts.models import Board


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not any(user.has_perm(permission, review) for permission in READ):
        return []
    name = "quality_markers:improvements"
    url = reverse(name, args=[review.pk])
    return [{"part": Part.MARKERS, "label": _("For future reviews"), "name": name, "url": url}]


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_LEARNING, board):
        return []
    return [
        {
            "label": _("Learning from reviews"),
            "url": reverse("quality_markers:learning", args=[board.slug]),
        }
    ]


def worklist(user: Any) -> list[Need]:
    """Whoever may gather what a closed review has noted."""
    return [
        Need(
            text=ngettext(
                "Gather %(count)d improvement into the board’s learning",
                "Gather %(count)d improvements into the board’s learning",
                review.count,
            )
            % {"count": review.count},
            url=reverse("quality_markers:improvements", args=[review.pk]),
            review=review,
            since=review.stage_since,
        )
        for review in waiting(user)
    ]
