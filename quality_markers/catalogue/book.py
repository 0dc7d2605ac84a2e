"""The catalogue as plain values, whichever text it was read from.

`line` is the line of the text that was read, counted from 1, so that a refusal can say where.
"""

from dataclasses import dataclass, field

from quality_markers.catalogue.models import SCR

SECTIONS = ("statement", "rationale", "questions", "knowledge", "equality", "law", "obstacles")
PROSE = tuple(section for section in SECTIONS if section != "questions")


@dataclass(frozen=True)
class Asked:
    number: int
    text: str
    line: int = 0


@dataclass(frozen=True)
class Chapter:
    number: int
    title: str
    line: int = 0
    statement: str = ""
    rationale: str = ""
    knowledge: str = ""
    equality: str = ""
    law: str = ""
    obstacles: str = ""
    local_guidance: str = ""
    cluster: int = 1
    is_family: bool = False
    questions: tuple[Asked, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    repeated: tuple[tuple[str, int], ...] = ()

    def words(self, section: str) -> int:
        if section == "questions":
            return sum(len(asked.text.split()) for asked in self.questions)
        return sum(word.strip("-") != "" for word in getattr(self, section).split())


@dataclass(frozen=True)
class Book:
    """``clusters`` are their titles, the first that of cluster 1."""

    edition: str
    clusters: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    title: str = ""
    framework: str = SCR

    @property
    def asked(self) -> int:
        return sum(len(chapter.questions) for chapter in self.chapters)
