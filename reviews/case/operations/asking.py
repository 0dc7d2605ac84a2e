"""Reminders of what was asked, and giving it up."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case import ladder
from reviews.case.asking import Asked
from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests.models import Letter
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

A_BATCH = 200


def tell(asked: Asked, *, kind: Kind, key: str) -> None:
    """Word to whoever was asked: a notification, or a letter with the link."""
    if asked.link_id:
        letter = Letter.INVITE if kind == Kind.ASKED else Letter.REMINDER
        guests.write(link=asked.link, letter=letter, key=key)
    elif asked.user_id:
        may = Review.objects.visible_to(asked.user, asked.permission).filter(pk=asked.review_id)
        notify(
            to=[asked.user] if may.exists() else [],
            kind=kind,
            key=key,
            link=asked.get_absolute_url(),
            review=asked.review,
        )


def _key(asked: Asked, what: str) -> str:
    return f"{asked._meta.model_name}:{asked.pk}:{what}"


def begin(asked: Asked) -> None:
    """Tell the person and start the ladder; the caller has asked who may, and records it."""
    asked.begin_chasing()
    asked.save(update_fields=["chase_on"])
    tell(asked, kind=Kind.ASKED, key=_key(asked, "asked"))


@transaction.atomic
def give_up(*, asked: Asked, by: Any, reason: str, **fields: Any) -> None:
    """Nobody waits for it any more. Raises Refused where it was answered or given up already.

    The caller records it. ``fields`` are those of the room's own state.
    """
    review = Review.objects.locked(asked.review_id)
    require(by, Permission.EDIT, review)
    row = type(asked).objects.get(pk=asked.pk)
    if not row.is_waiting:
        raise Refused(_("Nobody waits for this any more: it was answered or given up."))
    if not reason.strip():
        raise Refused(_("Say why it is given up."))
    row.ended_at, row.ended_by, row.ended_reason = clock.now(), by, reason
    row.chase_on = None
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if row.link_id and row.link.is_open:
        guests.withdraw(link=row.link, by=by)


def chase() -> int:
    """Bring each step of the ladder to whoever has not answered; returns how many were reminded.

    A step that was missed while nothing ran goes out late and once, as the latest alone. The day a
    thing is wanted, and every step after it, the business unit hears of it too.
    """
    return sum(_chase_all(rows) for rows in collect("chased"))


def _chase_all(rows: Any) -> int:
    number = 0
    while batch := _chase_some(rows):
        number += batch
    return number


@transaction.atomic
def _chase_some(rows: Any) -> int:
    today = clock.today()
    due = (
        rows.waiting().filter(chase_on__lte=today).select_for_update(of=("self",), skip_locked=True)
    )
    taken = list(due.order_by("chase_on", "pk")[:A_BATCH])
    for asked in taken:
        _remind(asked, ladder.latest_step(asked.due_on, today))
        asked.chase_on = ladder.next_step_on(asked.due_on, today)
        asked.chased += 1
        asked.save(update_fields=["chase_on", "chased"])
    return len(taken)


def _remind(asked: Asked, step: ladder.Step | None) -> None:
    if step is None:
        return
    tell(asked, kind=Kind.ASKED_AGAIN, key=_key(asked, f"{asked.due_on}:{step.key}"))
    if step.offset >= 0:
        notify(
            to=people_with(asked.review, Permission.EDIT),
            kind=Kind.NOT_ANSWERED,
            key=_key(asked, f"late:{asked.due_on}:{step.key}"),
            link=asked.review.get_absolute_url(),
            review=asked.review,
        )
