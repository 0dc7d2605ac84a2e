"""The portal's own letters; what is filled into them, and what a text may not hold."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.letters.languages import DATA
from scr_portal.core.reasons import Refused

PLACEHOLDERS = {
    "name": gettext_lazy("the name of the person who gets the letter"),
    "child": gettext_lazy("the name of the child, or of the children"),
    "board": gettext_lazy("the name of the board"),
    "liaison": gettext_lazy("whom the family can ask"),
    "telephone": gettext_lazy("the number on which they can ask"),
    "day": gettext_lazy("the day that the letter is about"),
    "place": gettext_lazy("the place of a meeting"),
    "changes": gettext_lazy("what was learned and is done now; you write it into the letter"),
    "writer": gettext_lazy("who writes the letter"),
}
INVENTED = {
    "name": "Amina Example",
    "child": "Sami",
    "liaison": "Jo Example",
    "telephone": "0000 000 000",
    "day": "12 March",
    "place": "Example House, 1 Example Street",
    "changes": "Nurses now ask about sleep at every visit.",
    "writer": "Jo Example",
}
_BRACED = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class LetterText:
    subject: str
    body: str


@cache
def _own() -> dict[tuple[str, bool], LetterText]:
    rows = tomllib.loads((DATA / "texts.toml").read_text(encoding="utf-8"))["letter"]
    return {
        (row["kind"], row.get("easy", False)): LetterText(row["subject"], row["body"].strip())
        for row in rows
    }


def own_text(kind: str, *, is_easy_read: bool) -> LetterText:
    """In English, as the portal brings it."""
    return _own()[(kind, is_easy_read)]


def used(*texts: str) -> set[str]:
    return {name for text in texts for name in _BRACED.findall(text)}


def refuse_wrong_placeholders(*texts: str) -> None:
    """Raises Refused for a placeholder that is not known, and for a brace without its other one."""
    wrong = []
    for name in sorted(used(*texts) - PLACEHOLDERS.keys()):
        known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        wrong.append(
            _("{%(name)s} is not a placeholder. Choose from %(known)s.")
            % {"name": name, "known": known}
        )
    for line in _lonely(texts):
        wrong.append(
            _(
                "A brace is not closed, or was never opened: “%(line)s”. A placeholder is a word "
                "in braces, such as {name}."
            )
            % {"line": line}
        )
    if wrong:
        raise Refused(wrong)


def _lonely(texts: Iterable[str]) -> list[str]:
    return [
        line.strip()[:80]
        for text in texts
        for line in text.split("\n")
        if {"{", "}"} & set(_BRACED.sub("", line))
    ]


def merged(text: str, values: Mapping[str, str]) -> str:
    """What has no value keeps its placeholder, so that whoever writes sees what is missing."""
    return _BRACED.sub(lambda found: values.get(found[1], "").strip() or found[0], text)


def unfilled(*texts: str) -> list[str]:
    """Everything in braces that a reader would meet, and braces left alone."""
    found = [match[0] for text in texts for match in _BRACED.finditer(text)]
    return list(dict.fromkeys(found + _lonely(texts)))
