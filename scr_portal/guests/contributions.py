from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scr_portal.guests.models import GuestLetter
from scr_portal.notifications.contributions import LONGEST_LIST, Job, job


def jobs(user: Any, board: Any) -> list[Job]:
    """Letters of this board that have not gone, and those that a mailbox refused for good."""
    undone = Q(done_at__isnull=True)
    refused = Q(refused_at__isnull=False, link__used_at=None, link__withdrawn_at=None)
    rows = GuestLetter.objects.filter(undone | refused, link__board=board)
    rows = rows.order_by("-last_error", "not_before")[:LONGEST_LIST]
    return [_job(row, board) for row in rows]


def _job(row: GuestLetter, board: Any) -> Job:
    title = _("Email to somebody without an account: %(what)s") % {"what": row}
    retry = "" if row.refused_at else reverse("guests:retry", args=[board.slug, row.pk])
    return job(row, title, "", retry)
