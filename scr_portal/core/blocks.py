"""What a paper is made of. Strings may be lazy translations; text from people comes as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Text:
    """Paragraphs, parted by blank lines and numbered through the section: 1.1, 1.2, …"""

    text: Any
    heading: Any = ""


@dataclass(frozen=True)
class Facts:
    """Labels with their values: words, days or moments. What has no value is left out."""

    rows: Sequence[tuple[Any, Any]]
    heading: Any = ""


@dataclass(frozen=True)
class Table:
    """``widths`` are shares of the line, such as (1, 3); equal where not given."""

    head: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int] = ()
    heading: Any = ""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[Any]
    heading: Any = ""


@dataclass(frozen=True)
class Note:
    """Set in from the margin: what the reader should know of the text, and is not the text."""

    text: Any
    heading: Any = ""


Block = Text | Facts | Table | Bullets | Note


@dataclass(frozen=True)
class Section:
    title: Any
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Signed:
    """Who signed what, and where that can be checked."""

    statement: str
    name: str
    at: datetime
    method: str
    sha256: str
    verify_at: str
    title: str = ""


@dataclass(frozen=True)
class Paper:
    """``state`` stands where no signature does, such as "Draft"."""

    title: Any
    reference: str
    board: str
    marking: Any
    version: Any
    made_by: Any
    made_at: datetime
    sections: Sequence[Section]
    subtitle: Any = ""
    signatures: Sequence[Signed] = ()
    state: Any = ""
