"""Words that shut a reader out, or sound like blame (data/words.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from families.letters.checks.finding import Checked, Finding
from families.letters.checks.reading import sentences
from families.letters.languages import DATA


@dataclass(frozen=True)
class Hard:
    why: str
    instead: str
    pattern: re.Pattern[str]


@cache
def _hard() -> list[Hard]:
    rows = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))["word"]
    return [
        Hard(
            row["why"],
            row["instead"],
            _pattern(row.get("forms") or row["exact"], re.IGNORECASE if "forms" in row else 0),
        )
        for row in rows
    ]


def _pattern(forms: list[str], flags: int) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", flags)


def check(letter: Checked) -> list[Finding]:
    """Each word once, at the first place where it stands."""
    if not letter.is_english:
        return []
    words = {
        "blame": _("“%(word)s” may sound like blame."),
        "jargon": _("“%(word)s” is not a word for everybody."),
    }
    found = []
    for hard in _hard():
        for hit in {
            match[0].casefold(): match for match in hard.pattern.finditer(letter.text)
        }.values():
            text = words[hard.why] % {"word": hit[0]}
            instead = _("Better: %(words)s") % {"words": hard.instead}
            found.append(Finding(text, instead, quote=around(letter.text, hit)))
    return found


def around(text: str, hit: re.Match[str]) -> str:
    """The sentence in which something stands, or its line where that is no sentence."""
    start = text.rfind("\n", 0, hit.start()) + 1
    end = text.find("\n", hit.end())
    line = text[start : end if end >= 0 else len(text)]
    holding = [each for each in sentences(line) if hit[0] in each]
    return (holding[0] if holding else line).strip("#- ")
