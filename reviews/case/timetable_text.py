"""The timetable profiles and the reminder ladder as a page for people: docs/timetables.md."""

from django.utils.translation import override

from reviews.case import ladder
from reviews.case.statutory import Clock, Profile, profiles
from scr_portal.core.dates import on_screen

INTRODUCTION = """# Timetables

What each timetable profile holds, printed from `reviews/case/data/timetables.toml` and
`reminders.toml`; a test holds this page to them. After a change to the data, print it again:

    script/manage shell -c "from pathlib import Path; from reviews.case import timetable; \\
        Path('docs/timetables.md').write_text(timetable.as_markdown())"

A review keeps the profile in force on the day it was referred. How counting goes: the day counted
from is left out; working days are England's, less the board's own closures; a limit in days, weeks
or months stays on the day it falls on, a Sunday too. A **duty** runs through every pause. A
**target** moves by the calendar days of a pause, and the limit itself stays beside it. What is to
be **kept** is never late. An agreed extension replaces the due date and hides nothing.

The column *known*: [doc] in the documents the portal is built on; [src] read in a public source;
[unsure] not confirmed, to be checked by a board before it relies on it.
"""


def as_markdown() -> str:
    """The text of docs/timetables.md, always in English."""
    with override(None):
        parts = [INTRODUCTION, *(_profile_as_markdown(found) for found in profiles()), _ladder()]
    return "\n".join(parts)


def _profile_as_markdown(profile: Profile) -> str:
    tags = "; ".join(str(tag.label) for tag in profile.in_force_tags)
    lines = [
        f"## {profile.title} (`{profile.key}`)\n",
        f"In force from {on_screen(profile.in_force_from)} ({tags}). {profile.in_force_source}.",
        f"The screens say {profile.words.board} ({profile.words.board_short}), "
        f"{profile.words.review} ({profile.words.review_short}), {profile.words.chair}.\n",
        "| clock | limit | who | kind | applies | known | source |",
        "|---|---|---|---|---|---|---|",
        *(_clock_as_markdown(clock) for clock in profile.clocks),
    ]
    return "\n".join(lines) + "\n"


def _clock_as_markdown(clock: Clock) -> str:
    limit = f"{clock.limit} {clock.direction.label}" if clock.limit else "no day of its own; from"
    cells = [
        f"{clock.label} (`{clock.key}`)" + (f". {clock.note}" if clock.note else ""),
        f"{limit} {clock.anchor.label}",
        clock.who_meets.label,
        clock.kind.value,
        clock.when.label,
        " ".join(f"[{tag.value}]" for tag in clock.tags),
        clock.source,
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _ladder() -> str:
    steps = [*ladder.fixed_steps(), ladder.over_step(1), ladder.over_step(2), ladder.over_step(3)]
    lines = [
        "## Reminders\n",
        "The ladder goes on with a step for every full week over until the limit is met.\n",
        "| step | days from the due date | goes to |",
        "|---|---|---|",
        *(f"| `{step.key}` | {step.offset} | {step.audience.label} |" for step in steps),
    ]
    return "\n".join(lines) + "\n"
