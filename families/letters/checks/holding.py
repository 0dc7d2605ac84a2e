"""Does a letter say what one of its kind has to say: purpose, process, limits (QM 4)?"""

import tomllib
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from families.letters.checks.finding import Checked, Finding
from families.letters.languages import DATA


@cache
def _parts() -> dict[str, Any]:
    return tomllib.loads((DATA / "parts.toml").read_text(encoding="utf-8"))


def missing(kind: str, text: str) -> list[str]:
    """Names of the parts of which no sign is found in an English text."""
    flat = " ".join(text.casefold().replace("’", "'").split())
    part = _parts()["part"]
    return [
        name
        for name in _parts()["needed"][kind]
        if not any(sign in flat for sign in part[name]["signs"])
    ]


def check(letter: Checked) -> list[Finding]:
    if not letter.is_english:
        return []
    part = _parts()["part"]
    return [
        Finding(
            _("It does not seem to say %(what)s.") % {"what": part[name]["called"]},
            part[name]["instead"],
        )
        for name in missing(letter.kind, letter.text)
    ]
