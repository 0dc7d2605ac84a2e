"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.permissions import Permission
from reviews.retention.queries import boards_with
from reviews.subject_access import queries
from reviews.subject_access.models import AccessPart, AccessRequest
from scr_portal.accounts.models import Board

State = AccessRequest.State


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.ANSWER_ACCESS, board):
        return []
    url = reverse("reviews:access_requests", args=[board.slug])
    return [{"label": _("Requests for information"), "url": url}]


def worklist(user: Any) -> list[Need]:
    return [*_to_answer(user), *_to_go_through(user)]


def _to_answer(user: Any) -> list[Need]:
    """With the day it is due; a second look is wanted of who did not put it."""
    boards = boards_with(user, Permission.ANSWER_ACCESS)
    rows = AccessRequest.objects.filter(
        board__in=boards, state__in=(State.OPEN, State.PUT, State.SIGNED)
    )
    words = {
        State.OPEN: _("Answer %(request)s: what is held about a person"),
        State.PUT: _("Look at the answer to %(request)s and sign it off"),
        State.SIGNED: _("Send the answer to %(request)s"),
    }
    return [
        Need(
            text=words[State(row.state)] % {"request": row},
            url=row.get_absolute_url(),
            due=row.due_on,
        )
        for row in rows.select_related("board")
        if row.state != State.PUT or row.put_by_id != user.pk
    ]


def _to_go_through(user: Any) -> list[Need]:
    """Of people close to the family: on each review alike, whether or not there is anything."""
    close = Review.objects.visible_to(user, Permission.READ_CONTRIBUTIONS)
    waiting = AccessPart.objects.filter(review__in=close, close_at__isnull=True).exclude(rows=[])
    found = []
    for part in waiting.select_related("review__board"):
        part = queries.with_request(part)
        is_open = part.request.state == State.OPEN and part.request.searched_at
        if is_open and queries.goes_through_what_is_close(part, user):
            found.append(
                Need(
                    text=_("Go through what is held for %(request)s") % {"request": part.request},
                    url=reverse("reviews:access_part", args=[part.review_id, part.pk]),
                    due=part.request.due_on,
                    review=part.review,
                )
            )
    return found
