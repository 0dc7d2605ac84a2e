"""A placed picture: everything has its coordinates, nothing is decided any more."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def meets(self, other: "Box") -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True)
class Letters:
    """Lines of text within a box; the first ``strong`` of them are the name."""

    box: Box
    lines: tuple[str, ...]
    strong: int
    whole: str


@dataclass(frozen=True)
class Symbol:
    """``form`` is square, circle, diamond or triangle; ``half`` half of its height."""

    node: int
    home: int | None
    form: str
    x: float
    y: float
    half: float
    died: bool
    asked: bool
    marked: bool

    @property
    def box(self) -> Box:
        return Box(self.x - self.half, self.y - self.half, 2 * self.half, 2 * self.half)


@dataclass(frozen=True)
class Person:
    symbol: Symbol
    label: Letters


@dataclass(frozen=True)
class Line:
    """Part of a bond. ``ends`` are the people, by their place in the picture, whom it may touch."""

    points: tuple[Point, Point]
    bond: int
    style: str
    hue: int
    ends: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True)
class Outline:
    home: int
    box: Box
    caption: Letters


@dataclass(frozen=True)
class Lane:
    box: Box
    label: Letters
    tinted: bool


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    people: tuple[Person, ...]
    lines: tuple[Line, ...]
    dots: tuple[tuple[Point, int], ...]
    strokes: tuple[tuple[Point, int], ...]
    rings: tuple[Point, ...]
    outlines: tuple[Outline, ...]
    lanes: tuple[Lane, ...]
