"""Reminders of what was asked, more time for it, and giving it up."""

import logging
from datetime import date, timedelta
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
from scr_portal.core.failures import without_words
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests.models import Letter
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

A_BATCH = 200
# A link still opens when the answer is late, as most are.
LINK_OUTLASTS = timedelta(days=28)

logger = logging.getLogger(__name__)


def link_lasts(due_on: date) -> timedelta:
    """From now, for the link of somebody who is to answer by that day."""
    return due_on - clock.today() + LINK_OUTLASTS


def tell(asked: Asked, *, kind: Kind, key: str) -> bool:
    """Word to whoever was asked: a notification, or a letter with the link.

    False where nobody is reached: the link ran out, or the person may no longer answer.
    """
    if asked.link:
        letter = Letter.INVITE if kind == Kind.ASKED else Letter.REMINDER
        if asked.link.is_open:
            guests.write(link=asked.link, letter=letter, key=key)
        return asked.link.is_open
    if not asked.user_id or not type(asked).objects.of(asked.user).filter(pk=asked.pk).exists():
        return False
    notify(
        to=[asked.user],
        kind=kind,
        key=key,
        link=asked.get_absolute_url(),
        review=asked.review,
    )
    return True


def _key(asked: Asked, what: str) -> str:
    return f"{asked._meta.model_name}:{asked.pk}:{what}"


def begin(asked: Asked) -> None:
    """Tell the person and start the ladder; the caller has asked who may, and records it."""
    asked.begin_chasing()
    asked.save(update_fields=["chase_on"])
    tell(asked, kind=Kind.ASKED, key=_key(asked, "asked"))


def locked(asked: Asked) -> Any:
    """The row, after its review was locked: the sweep, too, holds a row before its link.

    Raises Refused where nobody waits for it any more.
    """
    row = type(asked).objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not row.is_waiting:
        raise Refused(_("Nobody waits for this any more: it was answered or given up."))
    return row


def _for_the_unit(asked: Asked, by: Any) -> Any:
    review = Review.objects.locked(asked.review_id)
    require(by, Permission.EDIT, review)
    row = locked(asked)
    row.review = review
    return row


@transaction.atomic
def give_up(*, asked: Asked, by: Any, reason: str, **fields: Any) -> None:
    """Nobody waits for it any more. Raises Refused where it was answered or given up already.

    The caller records it. ``fields`` are those of the room's own state.
    """
    row = _for_the_unit(asked, by)
    if not reason.strip():
        raise Refused(_("Say why it is given up."))
    row.ended_at, row.ended_by, row.ended_reason = clock.now(), by, reason
    row.chase_on = None
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if row.link and not row.link.used_at:
        guests.withdraw(link=row.link, by=by)
        guests.write(link=row.link, letter=Letter.WITHDRAWN, key=_key(row, "withdrawn"))


@transaction.atomic
def move_due(*, asked: Asked, by: Any, due_on: date) -> bool:
    """Another day, from which the ladder begins afresh; the caller records it where it is one.

    A link is given the time it needs. Raises Refused for a day that has passed.
    """
    row = _for_the_unit(asked, by)
    if due_on < clock.today():
        raise Refused(_("The day it is wanted by can't lie in the past."))
    if row.due_on == due_on:
        return False
    row.due_on = due_on
    row.chase_on = ladder.first_step_on(due_on, clock.today())
    row.save(update_fields=["due_on", "chase_on"])
    _open_longer(row, by)
    return True


@transaction.atomic
def send_again(*, asked: Asked, by: Any, after: int) -> None:
    """The link once more, and with more time where it has run out; the caller records it.

    ``after`` is how many letters had gone when the page was made: a second click sends nothing.
    """
    row = _for_the_unit(asked, by)
    if not row.link_id:
        raise Refused(_("Nobody has a link for this: it is asked of somebody with an account."))
    if not row.link.is_open:
        _open_longer(row, by)
    tell(row, kind=Kind.ASKED, key=_key(row, f"again:{after}"))


def _open_longer(row: Asked, by: Any) -> None:
    """At least until the link would end were it made today."""
    until = clock.now() + link_lasts(max(row.due_on, clock.today()))
    if row.link and row.link.expires_at < until:
        row.link = guests.extend(link=row.link, expires_at=until, by=by)


def chase() -> int:
    """Bring each step of the ladder to whoever has not answered; returns how many were reminded.

    A step that was missed while nothing ran goes out late and once, as the latest alone. The day a
    thing is wanted, and every step after it, the business unit hears of it too, and at every step
    where nobody can be reached.
    """
    return sum(_chase_all(rows) for rows in collect("chased"))


def _chase_all(rows: Any) -> int:
    number = 0
    while batch := _chase_some(rows):
        number += sum(batch)
    return number


@transaction.atomic
def _chase_some(rows: Any) -> list[bool]:
    today = clock.today()
    due = (
        rows.waiting().filter(chase_on__lte=today).select_for_update(of=("self",), skip_locked=True)
    )
    return [_try(asked, today) for asked in due.order_by("chase_on", "pk")[:A_BATCH]]


def _try(asked: Asked, today: date) -> bool:
    """One row that can't be told must not hold up those behind it: it is tried again tomorrow."""
    try:
        with transaction.atomic():
            return _climb(asked, today)
    except Exception as error:
        logger.error("%s %s: %s", asked._meta.label, asked.pk, without_words(error))
        type(asked).objects.filter(pk=asked.pk).update(chase_on=today + timedelta(days=1))
        return False


def _climb(asked: Asked, today: date) -> bool:
    step = ladder.latest_step(asked.due_on, today)
    reminded = step is not None and _remind(asked, step)
    asked.chase_on = ladder.next_step_on(asked.due_on, today)
    asked.chased += reminded
    asked.save(update_fields=["chase_on", "chased"])
    return reminded


def _remind(asked: Asked, step: ladder.Step) -> bool:
    reached = tell(asked, kind=Kind.ASKED_AGAIN, key=_key(asked, f"{asked.due_on}:{step.key}"))
    if step.offset >= 0 or not reached:
        # Once a day for a review, however many have not answered.
        notify(
            to=people_with(asked.review, Permission.EDIT),
            kind=Kind.NOT_ANSWERED,
            key=f"{asked._meta.model_name}:{asked.review_id}:late:{clock.today()}",
            link=asked.get_list_url(),
            review=asked.review,
        )
    return reached
