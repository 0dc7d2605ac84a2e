"""Which national bodies are to be told, read from `data/bodies.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.case import timetable
from reviews.case.statutory import Clock, Tag

DATA = Path(__file__).parent / "data" / "bodies.toml"


@dataclass(frozen=True)
class Duty:
    clock: Clock
    bodies: tuple[str, ...]
    tags: tuple[Tag, ...]
    source: str | Promise


@cache
def duties(profile: str) -> tuple[Duty, ...]:
    """Raises KeyError where the file names a clock that the timetable does not have."""
    known = timetable.profile(profile)
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["duty"]
    return tuple(
        Duty(
            clock=known.clock(row["clock"]),
            bodies=tuple(row["bodies"]),
            tags=tuple(Tag(tag) for tag in row["tags"]),
            source=_(row["source"]),
        )
        for row in rows
        if row["profile"] == profile
    )
