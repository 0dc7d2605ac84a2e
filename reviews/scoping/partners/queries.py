from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from reviews.case.models import Appointment, Review
from reviews.scoping.partners.models import Partnership
from scr_portal.accounts.models import Board, BoardRole


def open_partnerships(review: Review) -> QuerySet[Partnership]:
    return review.partnerships.filter(ends__isnull=True).select_related("partner")


def people_on(review: Review) -> list[dict[str, Any]]:
    """Who is appointed today, with those of the sharing boards they have a role on.

    Where else a person works is nobody's business here. Two statements.
    """
    rows = Appointment.objects.active().filter(
        Exists(Appointment.objects.filter(pk=OuterRef("pk"), grants__isnull=False)), review=review
    )
    appointed = list(rows.select_related("user"))
    sharing = Board.objects.filter(pk=review.board_id) | review.partner_boards.all()
    roles = BoardRole.objects.active().filter(
        user__in=[row.user_id for row in appointed], board__in=sharing.values("pk")
    )
    boards: dict[int, set[str]] = defaultdict(set)
    for user, name in roles.values_list("user", "board__name"):
        boards[user].add(name)
    return [{"row": row, "boards": sorted(boards[row.user_id])} for row in appointed]
