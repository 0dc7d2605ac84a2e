import re
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reviews.case import timetable
from reviews.case.models import Child, Review, StageChange
from reviews.case.operations import deadlines
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.audit.models import AuditEvent
from scr_portal.core import acting, clock
from scr_portal.core.contributions import collect
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused

EDITED = (
    "pseudonym",
    "marking",
    "incident_on",
    "aware_on",
    "notified_on",
    "publication_planned_on",
)


class Stale(Refused):
    """Somebody else saved first. ``current`` is the row as it stands now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__(_("Somebody else has changed this since you opened it."))


def next_reference(board: Board, year: int) -> str:
    """``SCR-2026-014``: the next number of the board's year. The board must be locked.

    The history is asked too: a number whose review was destroyed is not given to another.
    """
    stem = f"{board.reference_prefix}-{year}-"
    there = Review.objects.filter(board=board, reference__startswith=stem)
    given = AuditEvent.objects.filter(
        board_id=board.pk, kind=audit.Event.REVIEW_REFERRED, target_label__startswith=stem
    )
    both = (
        there.order_by()
        .values_list("reference")
        .union(given.order_by().values_list("target_label"))
    )
    # Also those of reviews that are closed to whoever opens this one.
    with acting.for_portal("finding the next number of a board"):
        taken = [reference for (reference,) in both]
    pattern = re.escape(stem) + r"(\d+)"
    numbers = [int(match[1]) for each in taken if (match := re.fullmatch(pattern, each))]
    return f"{stem}{max(numbers, default=0) + 1:03d}"


@transaction.atomic
def create_review(
    *, board: Board, by: Any, pseudonym: str, incident_on: date, referred_on: date, **fields: Any
) -> Review:
    """A review begins as referred, with the timetable in force on the day of its referral."""
    board = Board.objects.select_for_update().get(pk=board.pk)
    require(by, Permission.OPEN, board)
    review = Review(
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
    _refuse_disorder(review)
    review.save(force_insert=True)
    StageChange.objects.create(review=review, source="", target=review.stage, by=by, at=clock.now())
    deadlines.recalculate(review=review)
    audit.record(kind=audit.Event.REVIEW_REFERRED, by=by, target=review, review=review)
    return review


@transaction.atomic
def edit_review(
    *,
    review: Review,
    version: int,
    by: Any,
    **fields: Any,
) -> Review:
    """Change some of EDITED. Raises Stale where ``version`` is not the present one."""
    if unknown := fields.keys() - set(EDITED):
        raise TypeError(f"not edited here: {sorted(unknown)}")
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    if review.version != version:
        raise Stale(review)
    changed = _assign(review, fields)
    _refuse_disorder(review)
    if not changed:
        return review
    review.version += 1
    review.save(update_fields=[*changed, "version"])
    deadlines.recalculate(review=review)
    _record_change(audit.Event.REVIEW_CHANGED, by, review, review, changed)
    return review


def _assign(row: Any, fields: dict[str, Any]) -> list[str]:
    """Names of the fields that are new; nothing else is written."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _record_change(kind: audit.Event, by: Any, row: Any, review: Review, names: list[str]) -> None:
    labels = [str(row._meta.get_field(name).verbose_name) for name in names]
    changes = {"fields": ", ".join(labels), "version": row.version}
    audit.record(kind=kind, by=by, target=row, review=review, changes=changes)


def disorder(days: dict[str, date | None], referred_on: date) -> dict[str, str]:
    """What is wrong with the order of a review's dates, by field.

    The incident, then that somebody learned of it, then the notification, then the referral. Only
    publication is planned ahead.
    """
    order = [
        ("incident_on", _("the date of the incident")),
        ("aware_on", _("the date the board learned of it")),
        ("notified_on", _("the date of notification")),
    ]
    wrong = {}
    latest, said = None, ""
    for name, words in order:
        day = days.get(name)
        if day is None:
            continue
        if day > clock.today():
            wrong[name] = _("%(what)s can't lie in the future") % {"what": capfirst(words)}
        elif day > referred_on:
            wrong[name] = _("%(what)s must be on or before the referral of %(day)s") % {
                "what": capfirst(words),
                "day": on_screen(referred_on),
            }
        elif latest and day < latest:
            wrong[name] = _("%(what)s must be on or after %(before)s, %(day)s") % {
                "what": capfirst(words),
                "before": said,
                "day": on_screen(latest),
            }
        latest, said = max(day, latest or day), words
    return wrong


def _refuse_disorder(review: Review) -> None:
    days = {name: getattr(review, name) for name in ("incident_on", "aware_on", "notified_on")}
    wrong = disorder(days, review.referred_on)
    if review.referred_on > clock.today():
        wrong["referred_on"] = _("The date of referral can't lie in the future")
    if wrong:
        raise Refused(list(wrong.values()))


@transaction.atomic
def add_child(*, review: Review, by: Any, **fields: Any) -> Child:
    """Raises Refused where another child of the review has the pseudonym already."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_FAMILY, review)
    child = Child(review=review, **fields)
    _save_child(child)
    collect("child_changed", child, by)
    audit.record(kind=audit.Event.CHILD_ADDED, by=by, target=child)
    return child


@transaction.atomic
def edit_child(*, child: Child, version: int, by: Any, **fields: Any) -> Child:
    """Raises Stale, and Refused where another child of the review has the pseudonym already."""
    review = Review.objects.locked(child.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    child = Child.objects.select_for_update().get(pk=child.pk)
    if child.version != version:
        raise Stale(child)
    changed = _assign(child, fields)
    if changed:
        child.version += 1
        _save_child(child, update_fields=[*changed, "version"])
        collect("child_changed", child, by)
        _record_change(audit.Event.CHILD_CHANGED, by, child, review, changed)
    return child


def _save_child(child: Child, **how: Any) -> None:
    try:
        with transaction.atomic():
            child.save(**how)
    except IntegrityError:
        raise Refused(_("Another child of this review has that pseudonym.")) from None


@transaction.atomic
def show_names(*, child: Child, by: Any) -> tuple[str, str]:
    """The real name and the date of birth, to one who may see them; that they looked is kept."""
    require(by, Permission.SEE_NAMES, child.review)
    audit.record(kind=audit.Event.NAMES_SHOWN, by=by, target=child)
    return child.real_name, child.date_of_birth


@transaction.atomic
def opened(*, review: Review, by: Any) -> None:
    """Keep that somebody opened the review, by whichever of its pages."""
    audit.record(kind=audit.Event.REVIEW_OPENED, by=by, target=review, review=review)
