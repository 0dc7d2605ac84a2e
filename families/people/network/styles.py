"""The colours of the house as a picture needs them, and each line of text with its look.

Colour never says anything here: a hue only helps the eye to follow one family's line.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from families.people.network.lettering import CAPTIONED, DETAIL, NAME, SMALL, right_to_left
from families.people.network.picture import Letters, Picture

# As in static/src/_tokens.scss.
INK = "#14282b"
SOFT = "#465a5d"
TEAL = "#0d4c50"
HUES = (INK, TEAL, "#5b3766", "#6b4300", "#1d6642")
EDGE = "#9dbfbd"
TINT = "#e3eeed"
LANE = "#f0f2f1"
PAPER = "#ffffff"
FONT = "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Written:
    """One line: the band that it stands in, and how it looks."""

    text: str
    x: float
    y: float
    width: float
    height: float
    size: float
    fill: str
    strong: bool
    centred: bool

    @property
    def backwards(self) -> bool:
        return right_to_left(self.text)


def person_lines(letters: Letters) -> Iterable[Written]:
    for index, line in enumerate(letters.lines):
        strong = index < letters.strong
        size, fill = (NAME, INK) if strong else (DETAIL, SOFT)
        yield _written(letters, index, line, size, fill, strong, centred=True)


def caption_lines(letters: Letters) -> Iterable[Written]:
    for index, line in enumerate(letters.lines):
        yield _written(letters, index, line, CAPTIONED, TEAL, strong=True, centred=False)


def lane_lines(letters: Letters) -> Iterable[Written]:
    for index, line in enumerate(letters.lines):
        yield _written(letters, index, line, SMALL, SOFT, strong=False, centred=False)


def all_lines(picture: Picture) -> Iterable[Written]:
    for lane in picture.lanes:
        yield from lane_lines(lane.label)
    for outline in picture.outlines:
        yield from caption_lines(outline.caption)
    for person in picture.people:
        yield from person_lines(person.label)


def _written(
    letters: Letters,
    index: int,
    text: str,
    size: float,
    fill: str,
    strong: bool,
    centred: bool,
) -> Written:
    box, leading = letters.box, letters.box.height / len(letters.lines)
    top = box.y + leading * index
    return Written(text, box.x, top, box.width, leading, size, fill, strong, centred)
