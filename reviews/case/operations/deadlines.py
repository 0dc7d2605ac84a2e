from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.case.lifecycle import Stage
from reviews.case.models import Deadline, Extension, Review
from reviews.case.queries import people_with
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.audit.models import AuditEvent
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


def worked_out(review: Review, today: date) -> list[timetable.DueDate]:
    """The dates of a review from nothing but its anchors, pauses and agreed extensions."""
    agreed = review.extensions.filter(state=Extension.State.AGREED).order_by("settled_at", "pk")
    return follows_from(
        review,
        today,
        pauses=list(review.pauses.values_list("started_on", "ended_on")),
        agreed={row.key: row.due_on for row in agreed},
        closures=frozenset(review.board.closures.values_list("date", flat=True)),
    )


def follows_from(
    review: Review,
    today: date,
    *,
    pauses: list[timetable.Pause],
    agreed: dict[str, date],
    closures: frozenset[date],
) -> list[timetable.DueDate]:
    """The same from rows that were fetched for many reviews at once."""
    return timetable.deadlines(
        timetable.profile(review.profile),
        review.anchors,
        today=today,
        outcome=review.outcome or None,
        pauses=pauses,
        extensions=agreed,
        closures=closures,
    )


@transaction.atomic
def recalculate(*, review: Review) -> None:
    """Bring the stored dates to what follows now. What a person recorded as met stays met."""
    today = clock.today()
    stored = {row.key: row for row in review.deadlines.select_for_update()}
    found = {due.key: due for due in worked_out(review, today)}
    for key, due in found.items():
        _write(review, stored.get(key), due, today)
    for key in stored.keys() - found.keys():
        _drop(stored[key])


def _drop(row: Deadline) -> None:
    """It no longer applies. That somebody recorded it as met stays on the record."""
    if row.met_by_id is None:
        row.delete()


def _write(review: Review, stored: Deadline | None, due: timetable.DueDate, today: date) -> None:
    row = stored or Deadline(review=review, key=due.key)
    before = (row.label, row.statutory, row.limit_on, row.due_on, row.met_on, row.remind_on)
    moved = row.due_on != due.due_on
    row.label = str(due.clock.label)
    row.statutory = due.clock.statutory
    row.limit_on = due.limit_on
    row.due_on = due.due_on
    if row.met_by_id is None:
        row.met_on = due.met_on
    if row.met_on or due.moving:
        row.remind_on = None
    elif moved or row.remind_on is None:
        row.remind_on = due.next_reminder_on(today)
    if before != (row.label, row.statutory, row.limit_on, row.due_on, row.met_on, row.remind_on):
        row.save()


def recalculate_board(*, board: Board) -> int:
    """After an office closure was added or removed. Says how many reviews it went through."""
    reviews = Review.objects.filter(board=board).exclude(stage=Stage.CLOSED).order_by("pk")
    keys = list(reviews.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            recalculate(review=Review.objects.locked(key))
    return len(keys)


def _locked(deadline: Deadline) -> tuple[Review, Deadline]:
    review = Review.objects.locked(deadline.review_id)
    return review, Deadline.objects.select_for_update().get(pk=deadline.pk)


@transaction.atomic
def meet(*, deadline: Deadline, on: date, by: Any) -> None:
    """Raises Refused for a day still to come, before the incident, and where it is met already."""
    review, deadline = _locked(deadline)
    require(by, Permission.EDIT, review)
    if deadline.met_on:
        raise Refused(_("This date is recorded as met already."))
    if on > clock.today():
        raise Refused(_("The day it was met can't lie in the future."))
    if on < review.incident_on:
        raise Refused(_("The day it was met can't lie before the incident."))
    deadline.met_on, deadline.met_by, deadline.remind_on = on, by, None
    deadline.save(update_fields=["met_on", "met_by", "remind_on"])
    audit.record(
        kind=audit.Event.DEADLINE_MET, by=by, target=deadline, changes={"on": on.isoformat()}
    )


@transaction.atomic
def take_back_met(*, deadline: Deadline, by: Any) -> None:
    """Raises Refused where nobody recorded it: what follows from an anchor is put right there."""
    review, deadline = _locked(deadline)
    require(by, Permission.EDIT, review)
    if deadline.met_by_id is None:
        raise Refused(_("Nobody has recorded this date as met, so there is nothing to take back."))
    audit.record(kind=audit.Event.DEADLINE_UNMET, by=by, target=deadline)
    deadline.met_on = deadline.met_by = None
    deadline.save(update_fields=["met_on", "met_by"])
    recalculate(review=review)


@transaction.atomic
def met_by_record(*, review: Review, key: str, on: date | None, by: Any) -> None:
    """What a room's own rows show of a date: met on that day, or not (any more).

    Asks for no permission: whoever wrote the row had it. What was recorded by hand stays.
    """
    deadline = review.deadlines.select_for_update().filter(key=key).first()
    if deadline is None or deadline.met_on == on or _met_by_hand(deadline):
        return
    if on is None:
        audit.record(kind=audit.Event.DEADLINE_UNMET, by=by, target=deadline)
    else:
        changes = {"on": on.isoformat(), "by_record": True}
        audit.record(kind=audit.Event.DEADLINE_MET, by=by, target=deadline, changes=changes)
    deadline.met_on, deadline.met_by, deadline.remind_on = on, by if on else None, None
    deadline.save(update_fields=["met_on", "met_by", "remind_on"])
    if on is None:
        recalculate(review=review)


def _met_by_hand(deadline: Deadline) -> bool:
    if deadline.met_by_id is None:
        return False
    recorded = AuditEvent.objects.filter(
        kind=audit.Event.DEADLINE_MET,
        target_type=deadline._meta.label_lower,
        target_id=str(deadline.pk),
    )
    newest = recorded.order_by("at", "id").last()
    return newest is None or not newest.changes.get("by_record")


@transaction.atomic
def extend(*, deadline: Deadline, due_on: date, kind: str, reason: str, by: Any) -> Extension:
    """Ask for a later date. One that is ours takes effect; a statutory one waits for the chair.

    Raises Refused for a date that is met, one that is not later, a reason not in the list, and
    while an earlier request waits.
    """
    review, deadline = _locked(deadline)
    require(by, Permission.EDIT, review)
    _refuse_extension(review, deadline, due_on, kind, reason)
    asked = Extension.objects.create(
        review=review,
        key=deadline.key,
        due_on=due_on,
        kind=kind,
        reason=reason,
        by=by,
        at=clock.now(),
    )
    if deadline.statutory:
        _ask_the_chair(review, asked, deadline.label, by)
    else:
        _settle(review, asked, deadline.label, Extension.State.AGREED, by)
    return asked


def _refuse_extension(
    review: Review, deadline: Deadline, due_on: date, kind: str, reason: str
) -> None:
    if deadline.met_on:
        raise Refused(_("This date is met, so it needs no extension."))
    if due_on <= deadline.due_on:
        raise Refused(
            _("The new date must lie after the present one, %(day)s.")
            % {"day": on_screen(deadline.due_on)}
        )
    if kind not in timetable.ExtensionReason.values:
        raise Refused(_("Choose one of the reasons in the list."))
    if kind == timetable.ExtensionReason.OTHER and not reason.strip():
        raise Refused(_("Give the reason in your own words."))
    if review.extensions.filter(key=deadline.key, state=Extension.State.ASKED).exists():
        raise Refused(_("An extension of this date waits for the chair already."))


def _ask_the_chair(review: Review, asked: Extension, label: str, by: Any) -> None:
    audit.record(
        kind=audit.Event.EXTENSION_ASKED,
        by=by,
        target=asked,
        label=label,
        changes={
            "due": asked.due_on.isoformat(),
            "reason": str(timetable.ExtensionReason(asked.kind).label),
        },
    )
    notify(
        to=people_with(review, Permission.SIGN),
        kind=Kind.EXTENSION_ASKED,
        key=f"extension:{asked.pk}",
        link=reverse("reviews:dates", args=[review.pk]),
        review=review,
    )


@transaction.atomic
def settle(*, extension: Extension, agreed: bool, by: Any) -> None:
    """The chair agrees or not. Nobody agrees to what they asked for themselves."""
    review = Review.objects.locked(extension.review_id)
    require(by, Permission.SIGN, review)
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.state != Extension.State.ASKED:
        raise Refused(_("This extension has been settled already."))
    if extension.by_id == by.pk:
        raise Refused(_("Somebody else must agree to an extension that you asked for."))
    deadline = review.deadlines.filter(key=extension.key).first()
    label = deadline.label if deadline else extension.key
    state = Extension.State.AGREED if agreed else Extension.State.REFUSED
    _settle(review, extension, label, state, by)
    asker = extension.by
    notify(
        to=[asker] if asker.has_perm(Permission.VIEW, review) else [],
        kind=Kind.EXTENSION_SETTLED,
        key=f"extension-settled:{extension.pk}",
        link=reverse("reviews:dates", args=[review.pk]),
        review=review,
    )


def _settle(review: Review, row: Extension, label: str, state: str, by: Any) -> None:
    row.state, row.settled_by, row.settled_at = state, by, clock.now()
    row.save(update_fields=["state", "settled_by", "settled_at"])
    recalculate(review=review)
    agreed = state == Extension.State.AGREED
    audit.record(
        kind=audit.Event.EXTENDED if agreed else audit.Event.EXTENSION_REFUSED,
        by=by,
        target=row,
        label=label,
        changes={
            "due": row.due_on.isoformat(),
            "reason": str(timetable.ExtensionReason(row.kind).label),
        },
    )
