from typing import Any

from django.utils.translation import gettext_lazy as _

from scr_portal.core import clock
from scr_portal.documents.models import StoredFile
from scr_portal.notifications.contributions import LONGEST_LIST, Job, State, state_of


def jobs(user: Any, board: Any) -> list[Job]:
    """Files of this board that are still to be scanned or read, without a word of what they are."""
    now = clock.now()
    waiting = StoredFile.objects.filter(board=board, done_at__isnull=True)
    rows = waiting.order_by("-last_error", "not_before")[:LONGEST_LIST]
    return [_job(row, state_of(row, now)) for row in rows]


def _job(row: StoredFile, state: State) -> Job:
    is_scan = row.scan == StoredFile.Scan.WAITING
    return Job(
        title=_("Scan of an uploaded file") if is_scan else _("Reading a file for search"),
        reference="",
        state=state,
        attempts=row.attempts,
        error=row.last_error,
        next_at=None if state == State.RUNNING else row.not_before,
    )
