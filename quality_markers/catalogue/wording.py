"""Our own wording, read from its file into the same values as the published text."""

import tomllib
from pathlib import Path
from typing import Any

from quality_markers.catalogue.book import PROSE, Asked, Book, Chapter

OWN = Path(__file__).parent / "data" / "markers.toml"


def own(text: str) -> Book:
    told = tomllib.loads(text)
    return Book(
        edition=told["edition"],
        clusters=tuple(told["clusters"]),
        chapters=tuple(_chapter(marker) for marker in told["marker"]),
    )


def _chapter(marker: dict[str, Any]) -> Chapter:
    prose: dict[str, Any] = {name: unwrapped(marker.get(name, "")) for name in PROSE}
    return Chapter(
        number=marker["number"],
        title=marker["title"],
        questions=tuple(
            Asked(int(reference.removeprefix(f"{marker['number']}.")), text)
            for reference, text in marker["questions"].items()
        ),
        **prose,
    )


def unwrapped(text: str) -> str:
    """The file wraps its lines for the reader's sake; a bullet and a blank line begin anew."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        line = line.strip()
        if lines and line and lines[-1] and not line.startswith("- "):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)
