"""What emergencies answer when a lower room, or the first page, asks."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.emergency import operations
from reviews.emergency.models import Emergency
from reviews.emergency.queries import to_look_at
from reviews.permissions import Permission, Role
from scr_portal.accounts.models import Board, BoardRole
from scr_portal.core.links import Notice


def notices() -> list[Notice]:
    return [Notice(behind=_open_to, template="reviews/emergency/notice.html")]


def _open_to(user: Any) -> QuerySet[Emergency]:
    return Emergency.objects.open().filter(user=user).select_related("review")


def read_in_emergency(review: Review, user: Any, path: str) -> list[Any]:
    operations.read(review=review, page=path, by=user)
    return []


def role_ended(held: BoardRole, by: Any) -> list[Any]:
    operations.end_with_roles(board=held.board, user=held.user, by=by, without=held)
    return []


def worklist(user: Any) -> list[Need]:
    return [
        Need(
            text=_("Look at what is open in an emergency")
            if row.is_open
            else _("Look back at what was opened in an emergency"),
            url=row.get_absolute_url(),
            review=row.review,
            since=row.at,
            holder=Role.CHAIR.label,
        )
        for row in to_look_at(user)
    ]


def board_rooms(board: Board, user: Any) -> list[dict[str, Any]]:
    pages = [
        (Permission.SEE_EMERGENCIES, "emergencies", _("Emergencies")),
        (Permission.BREAK_GLASS, "emergency_open", _("Open in an emergency")),
    ]
    return [
        {"label": label, "url": reverse(f"reviews:{name}", args=[board.slug])}
        for permission, name, label in pages
        if user.has_perm(permission, board)
    ]
