"""What each symbol of a picture means; only what this picture shows, so that it stays short."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from families.people.network.picture import Line, Picture, Symbol
from families.people.network.styles import EDGE, PAPER
from families.people.network.svg import line_svg, ring_svg, stroke_svg, symbol_svg

WIDE, HIGH = 56, 32


@dataclass(frozen=True)
class Entry:
    """``svg`` is decoration: the words say it all."""

    svg: SafeString
    words: str


def legend(picture: Picture) -> tuple[Entry, ...]:
    return (*_people(picture), *_lines(picture))


def _people(picture: Picture) -> list[Entry]:
    symbols = [person.symbol for person in picture.people]
    forms = {symbol.form for symbol in symbols}
    words = {
        "square": _("Male"),
        "circle": _("Female"),
        "diamond": _("Another sex, or not known"),
        "triangle": _("Not yet born"),
    }
    found = [_entry(_symbol(form), words[form]) for form in words if form in forms]
    if any(symbol.marked for symbol in symbols):
        found.append(_entry(_symbol("square", marked=True), _("Double outline: the child")))
    if any(symbol.died for symbol in symbols):
        found.append(_entry(_symbol("square", died=True), _("Crossed: has died")))
    if any(symbol.asked for symbol in symbols):
        found.append(_entry(_symbol("square", asked=True), _("Not known whether alive")))
    if picture.outlines:
        found.append(_entry(_HOME, _("Household, with its name at the foot")))
    return found


_HOME = (
    f'<rect x="6" y="3" width="{WIDE - 12}" height="{HIGH - 6}" rx="6" fill="{PAPER}" '
    f'stroke="{EDGE}" stroke-width="1.5"/>'
)


def _lines(picture: Picture) -> list[Entry]:
    styles = {line.style for line in picture.lines}
    words = {
        "solid": _("Partners, parents and children by birth, siblings"),
        "dashed": _("By adoption"),
        "dotted": _("Foster care or guardianship"),
        "dashdot": _("Step-relation"),
        "long": _("Half-siblings whose parents are not on the record"),
        "thin": _("Another tie: friend, neighbour, faith or community"),
        "same": _("The same person in another household"),
    }
    found = []
    for style in words:
        if style in styles:
            ends = ring_svg((4, HIGH / 2)) + ring_svg((WIDE - 4, HIGH / 2))
            drawn = _stretch(style) + (ends if style == "thin" else "")
            found.append(_entry(drawn, words[style]))
    if picture.strokes:
        middle = WIDE / 2, HIGH / 2
        struck = _stretch("solid") + stroke_svg(middle, 0)
        found.insert(1, _entry(struck, _("Two strokes: separated or divorced")))
    if picture.dots:
        found.append(_entry(_JOINT, _("Lines join at a dot; without one they only cross")))
    return found


_JOINT = (
    f'<path d="M4 {HIGH / 2}H{WIDE - 4}M{WIDE / 2} {HIGH / 2}V{HIGH - 2}" fill="none" '
    f'stroke="#14282b" stroke-width="2"/>'
    f'<circle cx="{WIDE / 2}" cy="{HIGH / 2}" r="3" fill="#14282b"/>'
)


def _stretch(style: str) -> str:
    return line_svg(Line(((4, HIGH / 2), (WIDE - 4, HIGH / 2)), 0, style, 0, ()))


def _symbol(form: str, *, died: bool = False, asked: bool = False, marked: bool = False) -> str:
    return symbol_svg(Symbol(0, None, form, WIDE / 2, HIGH / 2, 13, died, asked, marked))


def _entry(drawn: str, words: str) -> Entry:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
        f'height="{HIGH}" aria-hidden="true" focusable="false">{drawn}</svg>'
    )
    return Entry(SafeString(svg), words)
