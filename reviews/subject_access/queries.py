"""Which requests there are, and which items of one a person may read."""

from typing import Any

from django.db.models import QuerySet

from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.subject_access.models import AccessItem, AccessPart, AccessRequest
from scr_portal.accounts.models import Board
from scr_portal.core import acting
from scr_portal.core.contributions import collect

OPEN = (AccessRequest.State.OPEN, AccessRequest.State.PUT)


def requests_of(board: Board) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(board=board).select_related("board", "by", "put_by")


def parts_of(request: AccessRequest, user: Any) -> list[AccessPart]:
    """Those of reviews whose names this person may see."""
    seen = Review.objects.visible_to(user, Permission.SEE_NAMES)
    rows = request.parts.filter(review__in=seen)
    return list(rows.select_related("review__board", "request__board", "close_by"))


def readable(part: AccessPart, user: Any) -> list[AccessItem]:
    """By the permission of each, and without what was said for other people alone."""
    closed = set(collect("closed_rows", part.review, user))
    return [
        item
        for item in part.items.select_related("decided_by")
        if user.has_perm(item.permission, part.review)
        and (item.target_type, item.target_id) not in closed
    ]


def with_request(part: AccessPart) -> AccessPart:
    """A request is of a board: who is on the review alone reaches it by their part of it."""
    with acting.for_portal("reading the request that a part of a review is of"):
        part.request = AccessRequest.objects.select_related("board").get(pk=part.request_id)
    return part


def undecided(part: AccessPart, user: Any) -> int:
    return sum(not item.decision for item in readable(part, user))


def goes_through_what_is_close(part: AccessPart, user: Any) -> bool:
    """Somebody who reads what family members said and why they are kept safe."""
    close = (Permission.READ_CONTRIBUTIONS, Permission.SEE_SAFETY)
    return all(user.has_perm(each, part.review) for each in close)
