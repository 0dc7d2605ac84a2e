"""What terms of reference speak of, read from ``data/sections.toml``: sections, and the factors
of the case and its context that make a scale proportionate (QM 6, rationale)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data" / "sections.toml"
SCALE = "scale"
CHANGED = "changed"
GROUPS = {"case": _("Factors of the case"), "context": _("Factors of the context")}


@dataclass(frozen=True)
class Topic:
    """``of`` is empty for a section, else the group of the factor."""

    key: str
    title: str
    guidance: str
    question: str
    of: str = ""

    @property
    def section(self) -> str:
        """Where it is discussed: factors belong to the section on scale."""
        return SCALE if self.of else self.key


@cache
def topics() -> dict[str, Topic]:
    """Sections first, then factors, each in the order of the file."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    found = [Topic(**row) for row in [*data["section"], *data["factor"]]]
    return {topic.key: topic for topic in found}


def sections(*, edition: int) -> list[Topic]:
    """What has changed is a section from the second edition on."""
    return [
        topic
        for topic in topics().values()
        if not topic.of and (topic.key != CHANGED or edition > 1)
    ]


def factors(group: str = "") -> list[Topic]:
    return [topic for topic in topics().values() if topic.of and group in ("", topic.of)]
