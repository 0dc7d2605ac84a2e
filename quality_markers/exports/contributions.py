from typing import Any

from django.utils.translation import gettext_lazy as _

from quality_markers.exports.models import Export
from reviews.case.models import Review
from scr_portal.core import clock
from scr_portal.notifications.contributions import LONGEST_LIST, Job, State, state_of


def jobs(user: Any, board: Any) -> list[Job]:
    """Files of this board that are still to be made; the sweep tries them again by itself."""
    now = clock.now()
    waiting = Export.objects.filter(board=board, done_at__isnull=True).select_related("review")
    rows = waiting.defer("content").order_by("-last_error", "not_before")[:LONGEST_LIST]
    reviews = Review.objects.visible_to(user).filter(board=board)
    seen = set(reviews.filter(pk__in=[row.review_id for row in rows]).values_list("pk", flat=True))
    return [_job(row, row.review_id in seen, state_of(row, now)) for row in rows]


def _job(row: Export, is_seen: bool, state: State) -> Job:
    return Job(
        title=_("File of a self-assessment"),
        reference=row.review.reference if is_seen else "",
        state=state,
        attempts=row.attempts,
        error=row.last_error,
        next_at=None if state == State.RUNNING else row.not_before,
    )
