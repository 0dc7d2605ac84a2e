"""Zones of a review that several boards share (QM 6, cross-border): the one rule for all rooms.

A room gives its model ``private_to``, an empty foreign key to Board. Empty, a row is shared by
everybody who may read it on the review; else it is for people who hold a role on that board today,
and who have come through the review's own door and permission first. A zone opens nothing by
itself. Whoever serves the review and no board, as a lead reviewer may, sees what is shared.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from reviews.case.models import Review
from scr_portal.accounts.models import Board, BoardRole


def _held(user: Any) -> Any:
    return BoardRole.objects.active().filter(user=user).values("board")


def boards_of(user: Any, review: Review) -> list[Board]:
    """Those among the review's board and its partners on which this person has a role today."""
    sharing = Q(pk=review.board_id) | Q(partner_reviews=review)
    return list(Board.objects.filter(sharing, pk__in=_held(user)).distinct())


def zones_for(user: Any, review: Review) -> list[tuple[int | str, str]]:
    """Choices for what this person writes: shared, or their own board's people alone.

    One choice alone where no other board takes part: there is nothing to choose then.
    """
    shared: list[tuple[int | str, str]] = [("", _("Everybody who may read it on this review"))]
    if not review.partner_boards.exists():
        return shared
    alone = _("Only people of %(board)s")
    return shared + [(board.pk, alone % {"board": board}) for board in boards_of(user, review)]


def visible_zone_q(user: Any) -> Q:
    """For rows with ``private_to``: what is shared, and what is of this person's own boards."""
    return Q(private_to__isnull=True) | Q(private_to__in=_held(user))
