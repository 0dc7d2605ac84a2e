"""The reminder ladder: which reminder of a limit is due, and when the next one is.

How a sweep uses it. A stored deadline carries the day of its next reminder, indexed:

1. when a due date is written, `next_reminder_on = first_step_on(due_on, today)`;
2. the sweep takes the open rows with `next_reminder_on <= today`. For each due date among them it
   sends `latest_step(due_on, today)` in one `INSERT ... SELECT ... ON CONFLICT DO NOTHING`, unique
   on deadline, due date, step key and person, and in the same transaction sets
   `next_reminder_on = next_step_on(due_on, today)`.

However long the sweep stood still, one reminder goes out and not the whole ladder; a sweep that
runs twice finds its keys taken. The due date is part of the key, so an extension starts afresh.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data" / "reminders.toml"


class Audience(TextChoices):
    OWNERS = "owners", _("those who meet it")
    OWNERS_AND_CHAIR = "owners and chair", _("those who meet it, and the chair")


@dataclass(frozen=True)
class Step:
    key: str
    offset: int  # calendar days from the due date, negative before it
    audience: Audience

    def falls_on(self, due_on: date) -> date:
        return due_on + timedelta(days=self.offset)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def fixed_steps() -> tuple[Step, ...]:
    """The steps up to the due date itself, earliest first."""
    steps = [Step(row["key"], row["offset"], Audience.OWNERS) for row in _data()["step"]]
    return tuple(sorted(steps, key=lambda step: step.offset))


def over_step(number: int) -> Step:
    """The step of so many whole periods over: 1 is a week."""
    over = _data()["over"]
    offset = number * over["every"]
    late = offset >= over["chair_from"]
    return Step(f"over-{number}", offset, Audience.OWNERS_AND_CHAIR if late else Audience.OWNERS)


def steps_due(due_on: date, today: date) -> list[Step]:
    """Every step that falls on or before today, earliest first."""
    fixed = [step for step in fixed_steps() if step.falls_on(due_on) <= today]
    periods = max(0, (today - due_on).days // _data()["over"]["every"])
    return fixed + [over_step(number) for number in range(1, periods + 1)]


def latest_step(due_on: date, today: date) -> Step | None:
    """The one step to send now; those before it that were missed stay unsent."""
    steps = steps_due(due_on, today)
    return steps[-1] if steps else None


def next_step_on(due_on: date, after: date) -> date:
    """The day of the first step later than `after`. There always is one: weeks over never end."""
    for step in fixed_steps():
        if step.falls_on(due_on) > after:
            return step.falls_on(due_on)
    periods = max(0, (after - due_on).days // _data()["over"]["every"])
    return over_step(periods + 1).falls_on(due_on)


def first_step_on(due_on: date, today: date) -> date:
    """When a due date written today is first reminded of: at once where it is due or over.

    A step that lay before today is not made up for: whoever set the date knows of it.
    """
    return today if due_on <= today else next_step_on(due_on, today - timedelta(days=1))
