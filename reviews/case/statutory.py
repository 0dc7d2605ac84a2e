"""The statutory timetables of England, read from `data/timetables.toml`.

Every limit is data with its source and a tag that says how well it is known; none stands in code.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scr_portal.core.dates import Span

DATA = Path(__file__).parent / "data" / "timetables.toml"
REVIEW = "review"  # the outcome of a decision that starts a review; every other outcome does not


class Anchor(TextChoices):
    INCIDENT = "incident", _("the incident")
    AWARE = "aware", _("the day the board or authority learned of it")
    NOTIFIED = "notified", _("the notification to the board")
    REFERRED = "referred", _("the referral")
    DECIDED = "decided", _("the chair's decision")
    COMPLETED = "completed", _("completion of the report")
    PUBLICATION_PLANNED = "publication_planned", _("the planned publication")
    PUBLISHED = "published", _("publication")


class Direction(TextChoices):
    AFTER = "after", _("after")
    BEFORE = "before", _("before")


class Kind(TextChoices):
    DUTY = "duty", _("duty: a pause does not stop it")
    TARGET = "target", _("target: our own date moves with a pause")
    KEEP = "keep", _("to be kept until then: never late")


class When(TextChoices):
    ALWAYS = "always", _("always")
    REVIEW = "review", _("unless it was decided not to review")
    NOT_REVIEW = "not_review", _("where it was decided not to review")


class Tag(TextChoices):
    DOC = "doc", _("in the documents the portal is built on")
    SRC = "src", _("read in a public source")
    UNSURE = "unsure", _("not confirmed: check it before relying on it")


class Meets(TextChoices):
    AUTHORITY = "authority", _("local authority")
    BOARD = "board", _("board's business unit")
    CHAIR = "chair", _("chair")


@dataclass(frozen=True)
class Clock:
    """One limit (or, without `limit`, a duty that has no day of its own)."""

    key: str
    label: str | Promise
    anchor: Anchor
    limit: Span | None
    direction: Direction
    kind: Kind
    when: When
    who_meets: Meets
    met_by: Anchor | None
    begins: date | None
    tags: tuple[Tag, ...]
    source: str | Promise
    note: str | Promise
    statutory: bool

    @property
    def tag(self) -> Tag:
        return self.tags[0]

    @property
    def pausable(self) -> bool:
        """A date counted back moves with its anchor instead."""
        return self.kind == Kind.TARGET and self.direction == Direction.AFTER

    def applies(self, anchor_day: date | None, outcome: str | None) -> bool:
        """Before a decision every clock but those of a refusal may still run."""
        if self.begins and anchor_day and anchor_day < self.begins:
            return False
        if self.when == When.REVIEW:
            return outcome in (None, REVIEW)
        return self.when == When.ALWAYS or outcome not in (None, REVIEW)

    def limit_from(self, anchor_day: date, closures: Collection[date]) -> date | None:
        if self.limit is None:
            return None
        count = self.limit.after if self.direction == Direction.AFTER else self.limit.before
        return count(anchor_day, closures)


@dataclass(frozen=True)
class Words:
    """What the screens of a review under this profile call things."""

    board: str
    board_short: str
    review: str
    reviews: str
    review_short: str
    chair: str
    reviewer: str


@dataclass(frozen=True)
class Profile:
    key: str
    title: str
    words: Words
    in_force_from: date
    in_force_tags: tuple[Tag, ...]
    in_force_source: str
    clocks: tuple[Clock, ...]

    def clock(self, key: str) -> Clock:
        """Raises KeyError."""
        return {clock.key: clock for clock in self.clocks}[key]


@cache
def profiles() -> tuple[Profile, ...]:
    """Oldest first. Raises ValueError or KeyError where the file holds an unknown word."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    words = {key: Words(**names) for key, names in data["words"].items()}
    found = (_profile(row, words[row["words"]]) for row in data["profile"])
    return tuple(sorted(found, key=lambda profile: profile.in_force_from))


def profile(key: str) -> Profile:
    """Raises KeyError."""
    return {profile.key: profile for profile in profiles()}[key]


def profile_in_force(on: date) -> Profile:
    """The profile for a review referred on that day; before them all, the oldest."""
    in_force = [profile for profile in profiles() if profile.in_force_from <= on]
    return in_force[-1] if in_force else profiles()[0]


def _profile(row: dict[str, Any], words: Words) -> Profile:
    return Profile(
        key=row["key"],
        title=row["title"],
        words=words,
        in_force_from=row["in_force_from"],
        in_force_tags=tuple(Tag(tag) for tag in row["in_force_tags"]),
        in_force_source=row["in_force_source"],
        clocks=tuple(_clock(clock) for clock in row["clock"]),
    )


def _clock(row: dict[str, Any]) -> Clock:
    return Clock(
        key=row["key"],
        label=_(row["label"]),
        anchor=Anchor(row["anchor"]),
        limit=Span.parse(row["limit"]) if "limit" in row else None,
        direction=Direction(row.get("direction", "after")),
        kind=Kind(row["kind"]),
        when=When(row.get("when", "always")),
        who_meets=Meets(row["who_meets"]),
        met_by=Anchor(row["met_by"]) if "met_by" in row else None,
        begins=row.get("begins"),
        tags=tuple(Tag(tag) for tag in row["tags"]),
        source=_(row["source"]),
        note=_(row["note"]) if "note" in row else "",
        statutory=row.get("statutory", True),
    )
