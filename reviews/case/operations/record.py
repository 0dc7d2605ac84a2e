import re
from datetime import date
from typing import Any

from django.db import transaction

from reviews.case import timetable
from reviews.case.models import Review, StageChange
from reviews.case.operations import deadlines
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock


def next_reference(board: Board, year: int) -> str:
    """``SCR-2026-014``: the next number of the board's year. The board must be locked."""
    stem = f"{board.reference_prefix}-{year}-"
    taken = Review.objects.filter(board=board, reference__startswith=stem)
    numbers = [
        int(match[1])
        for reference in taken.values_list("reference", flat=True)
        if (match := re.fullmatch(re.escape(stem) + r"(\d+)", reference))
    ]
    return f"{stem}{max(numbers, default=0) + 1:03d}"


@transaction.atomic
def create_review(
    *, board: Board, by: Any, pseudonym: str, incident_on: date, referred_on: date, **fields: Any
) -> Review:
    """A review begins as referred, with the timetable in force on the day of its referral."""
    board = Board.objects.select_for_update().get(pk=board.pk)
    require(by, Permission.OPEN, board)
    review = Review.objects.create(
        board=board,
        reference=next_reference(board, referred_on.year),
        pseudonym=pseudonym,
        incident_on=incident_on,
        referred_on=referred_on,
        profile=timetable.profile_in_force(referred_on).key,
        stage_since=clock.now(),
        created_at=clock.now(),
        created_by=by,
        **fields,
    )
    StageChange.objects.create(review=review, source="", target=review.stage, by=by, at=clock.now())
    deadlines.recalculate(review=review)
    audit.record(kind=audit.Event.REVIEW_REFERRED, by=by, target=review, review=review)
    return review
