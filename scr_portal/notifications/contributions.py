"""What the outbox answers when other rooms ask, and the shape of a job that any room may show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.outbox import Leased
from scr_portal.notifications import operations
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.models import Digest, Notification

LONGEST_LIST = 200


class State(models.TextChoices):
    FAILED = "failed", _("Failed, will be tried again")
    RUNNING = "running", _("Being done now")
    WAITING = "waiting", _("Waiting")


@dataclass(frozen=True)
class Job:
    """Work behind the pages: no name, no word of a case, ``reference`` only if the reader sees it.

    ``error`` is the class of the last error, ``retry_url`` takes a POST and is empty where trying
    again makes no sense.
    """

    title: str | Promise
    reference: str
    state: State
    attempts: int
    error: str = ""
    next_at: datetime | None = None
    retry_url: str = ""


def state_of(row: Leased, now: datetime) -> State:
    if row.lease_until and row.lease_until > now:
        return State.RUNNING
    return State.FAILED if row.last_error else State.WAITING


def jobs(user: Any, board: Any) -> list[Job]:
    """Emails of this board that have not gone, and the daily messages of its people."""
    single = Notification.objects.filter(board_id=board.pk, done_at__isnull=True)
    single = single.order_by("-last_error", "not_before")[:LONGEST_LIST]
    days = Digest.objects.filter(done_at__isnull=True, user__in=board.people.all())
    seen = _visible({row.review_id for row in single if row.review_id}, user)
    return [
        *(_mail(row, board, seen) for row in single),
        *(job(row, _("Daily message to one person"), "", _retry(row, board)) for row in days[:50]),
    ]


def _visible(ids: set[Any], user: Any) -> set[Any]:
    found = (
        reviews.filter(pk__in=ids).values_list("pk", flat=True)
        for reviews in collect("visible_reviews", user)
    )
    return {pk for rows in found for pk in rows} if ids else set()


def _mail(row: Notification, board: Any, seen: set[Any]) -> Job:
    said = str(Kind(row.kind).label).format(reference=_("a review"))
    title = _("Email: %(said)s") % {"said": said[:1].upper() + said[1:]}
    return job(row, title, row.reference if row.review_id in seen else "", _retry(row, board))


def _retry(row: Notification | Digest, board: Any) -> str:
    return reverse("notifications:retry", args=[board.slug, row._meta.model_name, row.pk])


def job(row: Any, title: str | Promise, reference: str, retry_url: str) -> Job:
    """A row of an outbox as the jobs page shows it."""
    state = state_of(row, clock.now())
    return Job(
        title=title,
        reference=reference,
        state=state,
        attempts=row.attempts,
        error=row.last_error,
        next_at=None if state == State.RUNNING else row.not_before,
        retry_url="" if state == State.RUNNING else retry_url,
    )


def invited(invitation: Any) -> list[Any]:
    operations.invite(invitation)
    return []


def account_letter(user: Any, kind: str) -> list[Any]:
    link = "" if kind == Kind.PASSWORD_RESET else reverse("accounts:profile")
    operations.write_to(user=user, kind=Kind(kind), link=link)
    return []


def role_given(given: Any) -> list[Any]:
    operations.notify(
        to=[given.user],
        kind=Kind.ROLE_GIVEN,
        key=f"role:{given.pk}",
        link="/",
        board=given.board,
    )
    return []
