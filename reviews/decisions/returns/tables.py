"""How it stands with what was asked, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.case.models import Review
from reviews.case.queries import closures_of
from reviews.decisions.returns import queries, rules
from reviews.decisions.returns.models import AgencyReturn
from reviews.decisions.returns.operations.asking import Row
from scr_portal.core import clock
from scr_portal.core.dates import days_in_words, on_screen
from scr_portal.guests.models import State as LinkState


@dataclass(frozen=True)
class Line:
    """``troubles`` are what the business unit should do something about."""

    row: Row
    who: str
    state: str
    asked: str
    over: bool = False
    notes: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def lines(review: Review, rows: Iterable[Row]) -> list[Line]:
    off = closures_of([review.board_id]).get(review.board_id, frozenset())
    speakers = queries.speakers(review)
    return [
        Line(
            row=row,
            who=_who(row),
            state=_state(row, off),
            asked=after_referral(review, row.asked_at),
            over=row.is_late,
            notes=_notes(row),
            troubles=_troubles(row, speakers) if row.is_waiting else [],
        )
        for row in rows
    ]


def _who(row: Row) -> str:
    if row.link:
        return _("%(name)s, by a link") % {"name": row.link.recipient_name}
    return str(row.user)


def _state(row: Row, off: frozenset[date]) -> str:
    if row.is_waiting:
        return days_in_words(row.due_on, clock.today(), off)
    if isinstance(row, AgencyReturn):
        return row.get_state_display()
    return _("Confirmed") if row.answered_at else _("Withdrawn")


def _notes(row: Row) -> list[str]:
    found = []
    if row.answered_at:
        name = getattr(row, "answered_name", "") or getattr(row, "acknowledged_name", "")
        said = {"day": on_screen(day_of(row.answered_at)), "name": name}
        found.append(_("%(day)s, %(name)s") % said)
    if row.ended_at:
        found.append(on_screen(day_of(row.ended_at)))
    if row.chased:
        words = ngettext("%(n)s reminder sent", "%(n)s reminders sent", row.chased)
        found.append(words % {"n": row.chased})
    if row.is_waiting and row.link and row.link.opened_at:
        found.append(_("Link opened on %(day)s") % {"day": on_screen(day_of(row.link.opened_at))})
    return found


def _troubles(row: Row, speakers: dict[int, list[Any]]) -> list[str]:
    if row.link:
        found = []
        if row.link.state == LinkState.EXPIRED:
            found.append(_("The link has run out. Send it again."))
        if row.link.trouble:
            found.append(_("The last email has not arrived. Check the address."))
        return found
    if row.user not in speakers.get(row.agency_id, []):
        return [_("This person can no longer answer. Withdraw it and ask somebody else.")]
    return []


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def after_referral(review: Review, moment: datetime) -> str:
    days = (day_of(moment) - review.referred_on).days
    if days <= 0:
        return _("on the day of the referral")
    return ngettext("%(n)s day after the referral", "%(n)s days after the referral", days) % {
        "n": days
    }


def answers(row: AgencyReturn) -> list[dict[str, Any]]:
    """One return for a summary list."""
    found = [(question["text"], rules.shown(question, row.answers)) for question in row.questions]
    if row.note:
        found.append((_("Anything else"), row.note))
    found.append((_("Answered by"), row.answered_name))
    return [
        {"key": key, "value": value or _("Not answered"), "lines": True} for key, value in found
    ]


@dataclass
class Side:
    """One question with what every agency said to it."""

    text: str
    answers: list[tuple[AgencyReturn, str]] = field(default_factory=list)


def side_by_side(rows: Iterable[AgencyReturn]) -> list[Side]:
    """By question, in the order in which they were asked; the newest form comes first."""
    found: dict[str, Side] = {}
    for row in sorted(rows, key=lambda row: (row.asked_at, row.pk), reverse=True):
        for question in row.questions:
            side = found.setdefault(str(question["id"]), Side(question["text"]))
            side.answers.append((row, rules.shown(question, row.answers)))
        if row.note:
            found.setdefault("note", Side(_("Anything else"))).answers.append((row, row.note))
    for side in found.values():
        side.answers.sort(key=lambda pair: (str(pair[0].agency), pair[0].pk))
    return list(found.values())
