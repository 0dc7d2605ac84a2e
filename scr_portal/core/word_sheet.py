"""A sheet as a Word file. Its sizes and fonts are said for complex writings as well, or Word would
draw Arabic and Bengali in the size of its own template.
"""

from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from scr_portal.core.passages import direction
from scr_portal.core.sheet import LRM, Sheet
from scr_portal.core.word import DEEP, INK, QUIET, number_field, set_font, without_times

_LINE_MM = 160
# A font that machines have, for writings that Arial does not hold.
_FONTS = {
    **dict.fromkeys(("Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Tamil"), "Nirmala UI"),
    "Ethiopic": "Ebrima",
    "Chinese": "Microsoft YaHei",
}


def write(sheet: Sheet) -> bytes:
    document = Document()
    _page(document, sheet)
    _styles(document, sheet)
    _properties(document, sheet)
    _paragraph(document, sheet, sheet.board, bold=True)
    _paragraph(document, sheet, sheet.day)
    _paragraph(document, sheet, sheet.heading, style="Heading 1")
    for part in sheet.parts:
        style = {"heading": "Heading 2", "list": "List Bullet", "text": "Normal"}[part.kind]
        for line in part.lines:
            _paragraph(document, sheet, line, style=style)
    return without_times(document)


def _page(document: Any, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _LINE_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(25)
    if sheet.rtl:
        section._sectPr.append(OxmlElement("w:bidi"))
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(_LINE_MM), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{sheet.reference}\t")
    number_field(foot, "PAGE", "1")
    foot.add_run(" / ")
    number_field(foot, "NUMPAGES", "1")


def _styles(document: Any, sheet: Sheet) -> None:
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    for key in ("w:val", "w:bidi"):
        language.set(qn(key), sheet.language)
    sizes = {"Normal": 1.0, "List Bullet": 1.0, "Heading 2": 1.15, "Heading 1": 1.5}
    for name, share in sizes.items():
        style = document.styles[name]
        set_font(style, round(sheet.size * share), DEEP if "Heading" in name else INK)
        _complex(style, sheet, round(sheet.size * share))
        form = style.paragraph_format
        form.space_before = Pt(sheet.size if "Heading" in name else 0)
        form.space_after = Pt(sheet.size * (0.9 if sheet.airy else 0.6))
        form.line_spacing = 1.5 if sheet.airy else 1.25
        form.keep_with_next = "Heading" in name
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    set_font(document.styles["Footer"], max(9, sheet.size * 0.75), QUIET)


def _complex(style: Any, sheet: Sheet, points: int) -> None:
    """What Word asks for apart: size and font of writings that join or are read from the right."""
    properties = style.element.get_or_add_rPr()
    if sheet.writing in _FONTS:
        for key in ("w:cs", "w:eastAsia"):
            properties.rFonts.set(qn(key), _FONTS[sheet.writing])
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(points * 2))
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(size)


def _properties(document: Any, sheet: Sheet) -> None:
    """The board and the reference: no name of anybody."""
    core = document.core_properties
    core.title = core.subject = sheet.reference
    core.author = core.last_modified_by = sheet.board[:255]
    core.created = core.modified = timezone.make_naive(sheet.made_on, sheet.made_on.tzinfo)
    core.language, core.comments, core.keywords = sheet.language, "", ""
    package = document.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _paragraph(
    document: Any, sheet: Sheet, text: str, *, style: str = "Normal", bold: bool = False
) -> None:
    paragraph = document.add_paragraph(style=style)
    for number, words in enumerate(text.split(LRM)):
        if not words:
            continue
        run = paragraph.add_run(words)
        run.bold = bold or None
        # What stands between two marks is read from the left, as is what has other letters alone.
        if sheet.rtl and not number % 2 and direction(words) == "rtl":
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    if sheet.rtl:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc")
