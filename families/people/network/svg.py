"""The picture as SVG: attributes only, since the policy for content allows no style in a page."""

from collections.abc import Iterable
from html import escape

from families.people.network.lettering import CAPTIONED, DETAIL, NAME, SMALL, clean, right_to_left
from families.people.network.picture import Letters, Line, Person, Picture, Point, Symbol

INK = "#14282b"
SOFT = "#465a5d"
TEAL = "#0d4c50"
HUES = (INK, TEAL, "#5b3766", "#6b4300", "#1d6642")
EDGE = "#9dbfbd"
TINT = "#e3eeed"
LANE = "#f0f2f1"
PAPER = "#ffffff"
FONT = "Source Sans 3, Helvetica Neue, Arial, sans-serif"

_DASHES = {
    "solid": 'stroke-width="2"',
    "dashed": 'stroke-width="2" stroke-dasharray="5 3"',
    "dotted": 'stroke-width="2.4" stroke-dasharray="0.1 4.4" stroke-linecap="round"',
    "dashdot": 'stroke-width="2" stroke-dasharray="7 2.5 1.5 2.5"',
    "long": 'stroke-width="2" stroke-dasharray="14 3"',
    "same": 'stroke-width="1.2" stroke-dasharray="3 3"',
    "thin": 'stroke-width="1.2"',
}


def svg(picture: Picture, title: str, description: str, *, fluid: bool = False) -> str:
    """Of its natural size, at which the letters are as large as the page's own small print.

    ``fluid`` takes the whole width that there is, for paper and for a page of its own.
    """
    size = 'width="100%"' if fluid else f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(picture.width)} '
            f'{_n(picture.height)}" {size} role="img" aria-labelledby="network-title network-desc" '
            f'font-family="{FONT}">',
            f'<title id="network-title">{_text(title)}</title>',
            f'<desc id="network-desc">{_text(description)}</desc>',
            *_grounds(picture),
            *(line_svg(line) for line in picture.lines),
            *(_dot(point, hue) for point, hue in picture.dots),
            *(stroke_svg(point, hue) for point, hue in picture.strokes),
            *(_person(person) for person in picture.people),
            *(ring_svg(point) for point in picture.rings),
            "</svg>",
        ]
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _grounds(picture: Picture) -> Iterable[str]:
    for lane in picture.lanes:
        box = lane.box
        yield (
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
            f'height="{_n(box.height)}" fill="{LANE if lane.tinted else PAPER}"/>'
        )
        yield _lines(lane.label, SOFT, SMALL, "start")
    for outline in picture.outlines:
        box = outline.box
        yield (
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
            f'height="{_n(box.height)}" rx="8" fill="{PAPER}" stroke="{EDGE}" stroke-width="1.5"/>'
        )
    for outline in picture.outlines:
        yield _lines(outline.caption, TEAL, CAPTIONED, "start")


def _lines(letters: Letters, fill: str, size: float, anchor: str) -> str:
    box = letters.box
    leading = box.height / max(1, len(letters.lines))
    written = []
    for index, line in enumerate(letters.lines):
        strong = index < letters.strong
        backwards = right_to_left(line)
        x = box.x + box.width / 2
        if anchor == "start":
            x = box.right if backwards else box.x
        way = ' direction="rtl"' if backwards else ""
        weight = ' font-weight="600"' if strong else ""
        written.append(
            f'<text x="{_n(x)}" y="{_n(box.y + leading * index + leading * 0.76)}" '
            f'font-size="{size if strong or anchor == "start" else DETAIL}" text-anchor="{anchor}" '
            f'fill="{fill if strong or anchor == "start" else SOFT}"'
            f"{weight}{way}>{escape(line)}</text>"
        )
    return f"<g><title>{_text(letters.whole)}</title>{''.join(written)}</g>"


def line_svg(line: Line) -> str:
    (x, y), (x2, y2) = line.points
    hue = SOFT if line.style in ("same", "thin") else HUES[line.hue]
    title = f"<title>{_text(line.words)}</title>" if line.words else ""
    path = f'd="M{_n(x)} {_n(y)}L{_n(x2)} {_n(y2)}" fill="none" stroke="{hue}"'
    return f"<path {path} {_DASHES[line.style]}>{title}</path>"


def _dot(point: Point, hue: int) -> str:
    return f'<circle cx="{_n(point[0])}" cy="{_n(point[1])}" r="3" fill="{HUES[hue]}"/>'


def ring_svg(point: Point) -> str:
    return (
        f'<circle cx="{_n(point[0])}" cy="{_n(point[1])}" r="2.6" fill="{PAPER}" '
        f'stroke="{SOFT}" stroke-width="1.2"/>'
    )


def stroke_svg(point: Point, hue: int) -> str:
    x, y = point
    return "".join(
        f'<path d="M{_n(x + by - 3)} {_n(y + 7)}L{_n(x + by + 3)} {_n(y - 7)}" fill="none" '
        f'stroke="{HUES[hue]}" stroke-width="2"/>'
        for by in (-2.5, 2.5)
    )


def _person(person: Person) -> str:
    return (
        f"<g><title>{_text(person.label.whole)}</title>{symbol_svg(person.symbol)}"
        f"{_lines(person.label, INK, NAME, 'middle')}</g>"
    )


def symbol_svg(symbol: Symbol) -> str:
    fill = TINT if symbol.marked else PAPER
    drawn = _outline(symbol, symbol.half, fill)
    if symbol.marked:
        drawn += _outline(symbol, symbol.half - 5, PAPER)
    if symbol.died:
        reach = symbol.half * (1 if symbol.form == "square" else 0.68)
        for way in (-1, 1):
            drawn += (
                f'<path d="M{_n(symbol.x - reach)} {_n(symbol.y - way * reach)}L'
                f'{_n(symbol.x + reach)} {_n(symbol.y + way * reach)}" fill="none" '
                f'stroke="{INK}" stroke-width="1.6"/>'
            )
    if symbol.asked:
        drawn += (
            f'<text x="{_n(symbol.x)}" y="{_n(symbol.y + 5.5)}" font-size="16" '
            f'text-anchor="middle" fill="{INK}">?</text>'
        )
    return drawn


def _outline(symbol: Symbol, half: float, fill: str) -> str:
    x, y = symbol.x, symbol.y
    look = f'fill="{fill}" stroke="{INK}" stroke-width="2"'
    match symbol.form:
        case "square":
            return (
                f'<rect x="{_n(x - half)}" y="{_n(y - half)}" width="{_n(2 * half)}" '
                f'height="{_n(2 * half)}" {look}/>'
            )
        case "circle":
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}" {look}/>'
        case "diamond":
            corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        case _:
            corners = [(x, y - half), (x + half, y + half), (x - half, y + half)]
    points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
    return f'<polygon points="{points}" {look}/>'
