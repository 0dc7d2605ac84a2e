"""The dates of a review: what follows from its profile, anchors, pauses and extensions.

Pure functions: no tables, no clock of their own. The same anchors, pauses, extensions and closures
give the same dates on any day, save that a pause still open runs up to `today`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reviews.case import ladder
from reviews.case.statutory import (
    Anchor,
    Clock,
    Kind,
    Profile,
    Tag,
    profile,
    profile_in_force,
    profiles,
)
from reviews.case.timetable_text import as_markdown

__all__ = [
    "Anchor",
    "Clock",
    "DueDate",
    "ExtensionReason",
    "Kind",
    "PauseReason",
    "Profile",
    "Tag",
    "as_markdown",
    "deadlines",
    "profile",
    "profile_in_force",
    "profiles",
    "standing_duties",
]

Pause = tuple[date, date | None]  # the day it began, the day work went on (None: still paused)


class ExtensionReason(TextChoices):
    """Why reviews finished late, as Ofsted found in 2009 (statutory.md, published figures)."""

    AGENCY_REPORTS = "agency_reports", _("Number or quality of agency reports")
    SEVERAL_BOARDS = "several_boards", _("Work shared with other boards")
    CRIMINAL = "criminal", _("Criminal proceedings not finished")
    CARE_PROCEEDINGS = "care_proceedings", _("Care proceedings not finished")
    INQUEST = "inquest", _("Inquest not finished")
    FEW_MEETINGS = "few_meetings", _("Panel or board meetings too far apart")
    LATE_REPORTS = "late_reports", _("Agency reports arrived late")
    RECORDS_NOT_FOUND = "records_not_found", _("Records not found")
    RECORDS_CLOSED = "records_closed", _("Records not accessible")
    NEW_INFORMATION = "new_information", _("New information came to light")
    OTHER = "other", _("Another reason, given below")


class PauseReason(TextChoices):
    CRIMINAL = "criminal", _("Criminal investigation or trial")
    CARE_PROCEEDINGS = "care_proceedings", _("Care proceedings")
    INQUEST = "inquest", _("Inquest")
    PREJUDICE = "prejudice", _("Advice that going on could prejudice a hearing")
    FAMILY = "family", _("Family would take part once other matters are over")
    TEST_RESULTS = "test_results", _("Waiting for forensic test results")
    OTHER = "other", _("Another reason, given below")


@dataclass(frozen=True)
class DueDate:
    """A clock with its dates. `due_on` is the one that counts down and is reminded of."""

    clock: Clock
    limit_on: date  # as the rule has it, whatever was paused or agreed since
    target_on: date  # the limit, moved by pauses where the clock is a target
    extended_to: date | None
    moving: bool  # an open pause carries it along, a day later every day
    met_on: date | None

    @property
    def key(self) -> str:
        return self.clock.key

    @property
    def paused_days(self) -> int:
        return (self.target_on - self.limit_on).days

    @property
    def due_on(self) -> date:
        return self.extended_to or self.target_on

    @property
    def statutory_on(self) -> date | None:
        return self.limit_on if self.clock.statutory else None

    def next_reminder_on(self, today: date) -> date | None:
        """None where nobody is reminded: met, carried by a pause, or a thing merely kept."""
        if self.met_on or self.moving or self.clock.kind == Kind.KEEP:
            return None
        return ladder.first_step_on(self.due_on, today)


def deadlines(
    profile: Profile,
    anchors: Mapping[str, date | None],
    *,
    today: date,
    outcome: str | None = None,
    pauses: Iterable[Pause] = (),
    extensions: Mapping[str, date] | None = None,
    closures: Collection[date] = (),
) -> list[DueDate]:
    """Every date that can be told so far, soonest first.

    `outcome` is what was decided ("review" or any other word), None before. A pause moves a target
    by the calendar days it took while the target ran. A date agreed by extension stands as agreed:
    a pause does not move it, and the limit stays beside it. Raises ValueError on a pause that ends
    before it begins.
    """
    running = _Running(list(pauses), extensions or {}, today)
    found = []
    for clock in profile.clocks:
        day = anchors.get(clock.anchor)
        limit_on = clock.limit_from(day, closures) if day else None
        if day and limit_on and clock.applies(day, outcome):
            met_on = anchors.get(clock.met_by) if clock.met_by else None
            found.append(running.due(clock, day, limit_on, met_on))
    return sorted(found, key=lambda due: due.due_on)


class _Running:
    """What became of the limits of one review: pauses, and dates agreed instead."""

    def __init__(self, pauses: list[Pause], agreed: Mapping[str, date], today: date) -> None:
        self.stopped = _merged(pauses, today)
        open_since = [begins for begins, ends in pauses if ends is None and begins <= today]
        self.open_since = min(open_since, default=None)
        self.agreed = agreed

    def due(self, clock: Clock, day: date, limit_on: date, met_on: date | None) -> DueDate:
        target_on = _moved(day, limit_on, self.stopped) if clock.pausable else limit_on
        extended_to = self.agreed.get(clock.key)
        carried = clock.pausable and self.open_since is not None and self.open_since <= target_on
        moving = carried and extended_to is None
        return DueDate(clock, limit_on, target_on, extended_to, moving, met_on)


def standing_duties(
    profile: Profile, anchors: Mapping[str, date | None], *, outcome: str | None = None
) -> list[Clock]:
    """What applies without a day of its own: shown on the dates page, never reminded of."""
    return [
        clock
        for clock in profile.clocks
        if clock.limit is None and clock.applies(anchors.get(clock.anchor), outcome)
    ]


def _merged(pauses: Iterable[Pause], today: date) -> list[tuple[date, date]]:
    """In order, no day twice. An open pause runs to today, and counts nothing before it begins."""
    merged: list[tuple[date, date]] = []
    begun = (pause for pause in pauses if pause[1] is not None or pause[0] <= today)
    for begins, ends in sorted((begins, ends or today) for begins, ends in begun):
        if ends < begins:
            raise ValueError(f"a pause ends on {ends}, before it begins on {begins}")
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged


def _moved(start: date, end: date, stopped: Iterable[tuple[date, date]]) -> date:
    """`end`, later by each day of a pause that came while the clock ran from `start`."""
    for begins, ends in stopped:
        if begins > end:
            break
        end += max(ends - max(begins, start), timedelta(0))
    return end
