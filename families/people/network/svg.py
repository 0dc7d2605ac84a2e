"""The picture as SVG: attributes only, since the policy for content allows no style in a page."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from families.people.network.lettering import clean
from families.people.network.picture import Letters, Line, Picture, Point, Symbol
from families.people.network.styles import (
    EDGE,
    FONT,
    HUES,
    INK,
    LANE,
    PAPER,
    SOFT,
    TINT,
    Written,
    caption_lines,
    lane_lines,
    person_lines,
)

_DASHES = {
    "solid": 'stroke-width="2"',
    "dashed": 'stroke-width="2" stroke-dasharray="5 3"',
    "dotted": 'stroke-width="2.4" stroke-dasharray="0.1 4.4" stroke-linecap="round"',
    "dashdot": 'stroke-width="2" stroke-dasharray="7 2.5 1.5 2.5"',
    "long": 'stroke-width="2" stroke-dasharray="14 3"',
    "same": 'stroke-width="1.2" stroke-dasharray="3 3"',
    "thin": 'stroke-width="1.2"',
}


def svg(
    picture: Picture, title: str, description: str, *, fluid: bool = False, lettered: bool = True
) -> SafeString:
    """Of its natural size, at which the letters are as large as the page's own small print.

    ``fluid`` takes the whole width that there is. Without letters it is for ``on_paper``. Whatever
    people typed is escaped here, so that a template prints it as it is.
    """
    size = 'width="100%"' if fluid else f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" role="img" {size} '
        f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}" '
        'aria-labelledby="network-title network-desc">',
        f'<title id="network-title">{_text(title)}</title>',
        f'<desc id="network-desc">{_text(description)}</desc>',
        *_grounds(picture),
        *(line_svg(line) for line in picture.lines),
        *(_dot(point, hue) for point, hue in picture.dots),
        *(stroke_svg(point, hue) for point, hue in picture.strokes),
        *(symbol_svg(person.symbol, person.label.whole) for person in picture.people),
        *(ring_svg(point) for point in picture.rings),
        *(_letters(picture) if lettered else ()),
        "</svg>",
    ]
    return SafeString("".join(parts))


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
    for outline in picture.outlines:
        box = outline.box
        yield (
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
            f'height="{_n(box.height)}" rx="8" fill="{PAPER}" stroke="{EDGE}" stroke-width="1.5"/>'
        )


def _letters(picture: Picture) -> Iterable[str]:
    for lane in picture.lanes:
        yield _block(lane.label, lane_lines(lane.label))
    for outline in picture.outlines:
        yield _block(outline.caption, caption_lines(outline.caption))
    for person in picture.people:
        yield _block(person.label, person_lines(person.label))


def _block(letters: Letters, lines: Iterable[Written]) -> str:
    """The title is what a pointer shows: the whole text, also where the lines end in …"""
    return f"<g><title>{_text(letters.whole)}</title>{''.join(map(_line, lines))}</g>"


def _line(line: Written) -> str:
    x, anchor = line.x + line.width / 2, "middle"
    if not line.centred:
        x, anchor = line.x + line.width if line.backwards else line.x, "start"
    way = ' direction="rtl"' if line.backwards else ""
    weight = ' font-weight="600"' if line.strong else ""
    return (
        f'<text x="{_n(x)}" y="{_n(line.y + line.height * 0.76)}" font-size="{_n(line.size)}" '
        f'text-anchor="{anchor}" fill="{line.fill}"{weight}{way}>{escape(line.text)}</text>'
    )


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


def symbol_svg(symbol: Symbol, words: str = "") -> str:
    drawn = _outline(symbol, symbol.half, TINT if symbol.marked else PAPER)
    if symbol.marked:
        drawn += _outline(symbol, symbol.half - 5, PAPER)
    if symbol.died:
        drawn += _crossed(symbol)
    if symbol.asked:
        drawn += (
            f'<text x="{_n(symbol.x)}" y="{_n(symbol.y + 5.5)}" font-size="16" '
            f'text-anchor="middle" fill="{INK}">?</text>'
        )
    return f"<g><title>{_text(words)}</title>{drawn}</g>" if words else drawn


def _crossed(symbol: Symbol) -> str:
    """Corner to corner of a square; of other forms as far as their outline."""
    reach = symbol.half * {"square": 1, "circle": 0.707, "diamond": 0.5}.get(symbol.form, 0.6)
    x, y = symbol.x, symbol.y
    return "".join(
        f'<path d="M{_n(x - reach)} {_n(y - way * reach)}L{_n(x + reach)} {_n(y + way * reach)}" '
        f'fill="none" stroke="{INK}" stroke-width="1.6"/>'
        for way in (-1, 1)
    )


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
