"""The name under which a person knows a file. It is shown and sent back, and opens nothing."""

import re
import unicodedata
from pathlib import PurePosixPath

from scr_portal.documents.kinds import Kind

LONGEST = 150
# Controls and the marks that turn the direction of writing, which hide a name's real ending;
# line and paragraph separators; halves of pairs and what has no meaning agreed on.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')


def cleaned(name: str) -> str:
    """The last part of a path, in one line of visible characters, at most 150 long."""
    last = re.split(r"[\\/]", name)[-1]
    seen = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if unicodedata.category(character) not in _UNSEEN
    )
    words = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    stem, ending = split(words)
    return (stem[: LONGEST - len(ending)].rstrip(". ") or "file") + ending


def split(name: str) -> tuple[str, str]:
    """``("Minutes of 3 May", ".docx")``; an ending longer than any that we know is none."""
    ending = PurePosixPath(name).suffix
    if not ending or len(ending) > 12 or " " in ending:
        return name, ""
    return name.removesuffix(ending), ending


def agrees(name: str, kind: Kind) -> bool:
    return split(name)[1].lower() in kind.endings
