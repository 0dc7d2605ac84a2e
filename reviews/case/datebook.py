"""The dates of one review as its page shows them: the stored row, its clock and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reviews.case import ladder, timetable
from reviews.case.models import Deadline, Extension, Review
from reviews.case.operations.deadlines import worked_out
from reviews.case.queries import appointed, closures_of, people_with
from reviews.case.statutory import Clock, Meets
from reviews.permissions import Permission, Role
from scr_portal.accounts.models import User
from scr_portal.core import clock
from scr_portal.core.dates import days_in_words


@dataclass(frozen=True)
class Line:
    row: Deadline
    clock: Clock | None  # None where the timetable no longer has it
    words: str
    over: bool
    moving: bool  # an open pause carries it along

    @property
    def kept(self) -> bool:
        return bool(self.clock and self.clock.kind == timetable.Kind.KEEP)

    @property
    def unsure(self) -> bool:
        return bool(self.clock and timetable.Tag.UNSURE in self.clock.tags)

    @property
    def rule(self) -> str | Promise:
        if not self.clock:
            return ""
        return _("%(span)s %(direction)s %(anchor)s") % {
            "span": self.clock.limit,
            "direction": self.clock.direction.label,
            "anchor": self.clock.anchor.label,
        }


def lines_of(review: Review, rows: Iterable[Deadline] | None = None) -> list[Line]:
    today = clock.today()
    off = closures_of([review.board_id]).get(review.board_id, frozenset())
    due = {found.key: found for found in worked_out(review, today)}
    stored = review.deadlines.select_related("met_by") if rows is None else rows
    return [_line(row, due.get(row.key), today, off) for row in stored]


def _line(row: Deadline, due: timetable.DueDate | None, today: date, off: frozenset[date]) -> Line:
    kept = bool(due and due.clock.kind == timetable.Kind.KEEP)
    moving = bool(due and due.moving and not row.met_on)
    over = not row.met_on and not kept and row.due_on < today
    if kept and not row.met_on:
        words = _("to be kept until then") if row.due_on >= today else _("no longer required")
    elif moving:
        words = _("moves while the review is paused")
    else:
        words = days_in_words(row.due_on, today, off, row.met_on)
    return Line(row, due.clock if due else None, words, over and not moving, moving)


def duties_of(review: Review) -> list[Clock]:
    profile = timetable.profile(review.profile)
    return timetable.standing_duties(profile, review.anchors, outcome=review.outcome or None)


def ladder_in_words() -> str:
    """14, 7 and 1 days before, on the day, and every week over, as data/reminders.toml has it."""
    before = [str(-step.offset) for step in ladder.fixed_steps() if step.offset < 0]
    return _("%(days)s and %(last)s days before, on the day, and every %(every)s days over") % {
        "days": ", ".join(before[:-1]),
        "last": before[-1],
        "every": ladder.over_step(1).offset,
    }


def owners_of(review: Review) -> list[User]:
    """Who hears of every date: those who keep the dates, and the lead reviewers."""
    owners = people_with(review, Permission.EDIT)
    leads = appointed(review, Role.LEAD)
    return owners + [person for person in leads if person not in owners]


def reminded(review: Review, line: Line) -> list[User]:
    """The chair hears of what the chair meets, and joins for the rest after two weeks over."""
    people = owners_of(review)
    if line.clock and line.clock.who_meets == Meets.CHAIR:
        people += [p for p in people_with(review, Permission.SIGN) if p not in people]
    return people


def labelled(extensions: Iterable[Extension], lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Extensions with the name of their date and the reason in words."""
    names = {line.row.key: line.row.label for line in lines}
    return [
        {
            "row": row,
            "label": names.get(row.key, row.key),
            "reason": timetable.ExtensionReason(row.kind).label,
        }
        for row in extensions
    ]
