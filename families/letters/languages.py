"""Languages of letters: how they are called, and in which writing and direction they stand."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
ENGLISH = "en-gb"


@dataclass(frozen=True)
class Language:
    code: str
    english: str
    own: str
    writing: str = "Latin"
    rtl: bool = False
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.english if self.own == self.english else f"{self.english} ({self.own})"

    @property
    def is_english(self) -> bool:
        return self.code == ENGLISH

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"


@cache
def languages() -> dict[str, Language]:
    rows = tomllib.loads((DATA / "languages.toml").read_text(encoding="utf-8"))["language"]
    found = [Language(**{**row, "also": tuple(row.get("also", ()))}) for row in rows]
    return {each.code: each for each in found}


def language(code: str) -> Language:
    """English for a code that is no longer listed."""
    return languages().get(code) or languages()[ENGLISH]


def in_alphabet() -> list[Language]:
    """English first, then the others by their English names."""
    return sorted(languages().values(), key=lambda each: (not each.is_english, each.english))


def spoken(words: str) -> Language | None:
    """The language that the register's own words name; the first of the list where several fit."""
    said = words.casefold()
    for each in languages().values():
        names = (each.english, each.own, *each.also)
        if any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said) for name in names):
            return each
    return None
