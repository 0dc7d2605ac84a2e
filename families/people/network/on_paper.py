"""The picture for a PDF: lines as SVG, letters as HTML laid over it.

WeasyPrint sets the text of an SVG letter by letter, so that Arabic falls apart and runs backwards;
in HTML it shapes every script. The page is ours, so its policy for content does not apply.
"""

from html import escape

from django.utils.safestring import SafeString

from families.people.network.picture import Picture
from families.people.network.styles import FONT, Written, all_lines
from families.people.network.svg import svg

NATURAL = 25.4 / 96  # millimetres of one length at which a name is 10.5 points
POINTS = 72 / 25.4


def on_paper(
    picture: Picture, title: str, description: str, *, width: float = 277, height: float = 163
) -> SafeString:
    """As large as fits into so many millimetres: by default A4 laid across, below a heading."""
    scale = min(NATURAL, width / picture.width, height / picture.height)
    size = f"width:{picture.width * scale:.2f}mm;height:{picture.height * scale:.2f}mm"
    drawn = svg(picture, title, description, fluid=True, lettered=False)
    words = "".join(_line(line, scale) for line in all_lines(picture))
    return SafeString(
        f'<div style="position:relative;break-inside:avoid;{size}">{drawn}{words}</div>'
    )


def _line(line: Written, scale: float) -> str:
    place = ";".join(
        f"{name}:{length * scale:.3f}mm"
        for name, length in (
            ("left", line.x),
            ("top", line.y),
            ("width", line.width),
            ("height", line.height),
            ("line-height", line.height),
        )
    )
    look = (
        f"font-family:{FONT};font-size:{line.size * scale * POINTS:.2f}pt;color:{line.fill};"
        f"font-weight:{600 if line.strong else 400};white-space:nowrap;"
        f"text-align:{'center' if line.centred else 'start'}"
    )
    way = "rtl" if line.backwards else "ltr"
    return f'<div dir="{way}" style="position:absolute;{place};{look}">{escape(line.text)}</div>'
