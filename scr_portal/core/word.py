"""A paper as a Word file; python-docx is imported in the files word*.py alone.

Real styles, so that its headings make an outline, and the same bytes for the same paper: the parts
of the file carry no time of their own.
"""

import io
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from scr_portal.core import zipped
from scr_portal.core.laying import Laid, LaidBlock
from scr_portal.core.passages import Passage, passage

_FONT = "Arial"
INK, DEEP, QUIET = (RGBColor.from_string(each) for each in ("14282B", "083639", "465A5D"))
_LINE_MM = 166
_INDENT_MM = 14
_LONGEST = 255
"""Characters of a property of the file."""
_SIZES = {"Title": 24, "Subtitle": 14, "Heading 1": 16, "Heading 2": 12, "Normal": 10.5}


def write(paper: Laid) -> bytes:
    document = Document()
    _page(document, paper)
    _styles(document)
    _properties(document, paper)
    _cover(document, paper)
    for section in paper.sections:
        heading = document.add_heading(f"{section.number}\t{section.title}", 1)
        bookmark(heading, f"section_{section.number}", section.number)
        for block in section.blocks:
            _block(document, block)
    _signatures(document, paper)
    return without_times(document)


def without_times(document: Any) -> bytes:
    raw = io.BytesIO()
    document.save(raw)
    return zipped.without_times(raw)


# --- page, styles, properties ---------------------------------------------------------------------


def _page(document: Any, paper: Laid) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _LINE_MM) / 2)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
    _running(top, paper.reference, paper.version)
    _marking(section.header.add_paragraph(style="Header"), paper)
    _running(bottom, paper.made, "")
    page_of(bottom)
    _marking(section.footer.add_paragraph(style="Footer"), paper)


def _running(paragraph: Any, left: str, right: str) -> None:
    tabs = paragraph.paragraph_format.tab_stops
    tabs.add_tab_stop(Mm(_LINE_MM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t{right}")


def _marking(paragraph: Any, paper: Laid) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(paper.marking).bold = True


def page_of(paragraph: Any) -> None:
    """Page x of y; the words around the numbers are one sentence to translate."""
    before, _sep, rest = (_("Page %(page)s of %(pages)s")).partition("%(page)s")
    between, _sep, after = rest.partition("%(pages)s")
    paragraph.add_run(before)
    number_field(paragraph, "PAGE", "1")
    paragraph.add_run(between)
    number_field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(after)


def number_field(paragraph: Any, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    field.append(run._r)
    paragraph._p.append(field)


def _styles(document: Any) -> None:
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")
    for name, size in _SIZES.items():
        style = document.styles[name]
        set_font(style, size, INK if name in {"Normal", "Subtitle"} else DEEP)
        style.font.italic = False
    document.styles["Title"].paragraph_format.space_after = Pt(4)
    for name in ("Heading 1", "Heading 2"):
        form = document.styles[name].paragraph_format
        form.space_before, form.space_after = Pt(16 if name.endswith("1") else 10), Pt(4)
    document.styles["Heading 1"].paragraph_format.tab_stops.add_tab_stop(Mm(_INDENT_MM))
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
        set_font(document.styles[name], 8.5, QUIET)
    numbered = document.styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = document.styles["Normal"]
    numbered.paragraph_format.left_indent = Mm(_INDENT_MM)
    numbered.paragraph_format.first_line_indent = Mm(-_INDENT_MM)
    inset = document.styles.add_style("Inset", WD_STYLE_TYPE.PARAGRAPH)
    inset.base_style = document.styles["Normal"]
    inset.paragraph_format.left_indent = Mm(8)
    inset.font.color.rgb = QUIET
    _left_border(inset)


def set_font(style: Any, size: float, colour: RGBColor) -> None:
    """By name for every script: the template's styles would take the theme's fonts."""
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), colour
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
    for key in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), _FONT)


def _left_border(style: Any) -> None:
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in {"val": "single", "sz": "18", "space": "8", "color": "9DBFBD"}.items():
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().insert(0, borders)


def _properties(document: Any, paper: Laid) -> None:
    """Who made this copy, and nobody else; times as the file says them, in UTC."""
    core = document.core_properties
    core.title, core.subject = paper.title[:_LONGEST], paper.reference
    core.author = core.last_modified_by = paper.made_by[:_LONGEST]
    core.created = core.modified = as_files_say(paper.made_at)
    core.language, core.comments, core.keywords = "en-GB", "", ""
    package = document.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def as_files_say(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_fixed_timezone(0)).replace(tzinfo=None)


# --- content --------------------------------------------------------------------------------------


def _cover(document: Any, paper: Laid) -> None:
    document.add_paragraph(paper.board).runs[0].bold = True
    document.add_paragraph(paper.title, style="Title")
    if paper.subtitle:
        document.add_paragraph(paper.subtitle, style="Subtitle")
    _facts(document, [(passage(label), passage(value)) for label, value in paper.facts])
    if paper.has_contents:
        _contents(document, paper)


def _contents(document: Any, paper: Laid) -> None:
    """A list with links that Word can renew with its page numbers (press F9)."""
    document.add_paragraph(_("Contents"), style="Subtitle")
    for section in paper.sections:
        line = document.add_paragraph(style="List")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"section_{section.number}")
        link.append(line.add_run(f"{section.number}  {section.title}")._r)
        line._p.append(link)


def bookmark(paragraph: Any, name: str, number: int) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag.endswith("Start"):
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _block(document: Any, block: LaidBlock) -> None:
    if block.heading:
        document.add_heading(block.heading, 2)
    if block.kind == "facts":
        _facts(document, [(label, value) for label, value in block.rows])
    elif block.kind == "table":
        _table(document, block)
    else:
        style = {"text": "Numbered Paragraph", "bullets": "List Bullet", "note": "Inset"}
        for [each] in block.rows:
            _passage(document.add_paragraph(style=style[block.kind]), each)


def _passage(paragraph: Any, text: Passage, *, bold: bool = False) -> None:
    if text.number:
        paragraph.add_run(f"{text.number}\t")
    run = paragraph.add_run(text.text)
    run.bold = bold or None
    if text.direction == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _facts(document: Any, rows: list[tuple[Passage, Passage]]) -> None:
    table = grid(document, [28, 72], len(rows))
    for cells, (label, value) in zip(table.rows, rows, strict=True):
        _passage(cells.cells[0].paragraphs[0], label, bold=True)
        _passage(cells.cells[1].paragraphs[0], value)
    document.add_paragraph()


def _table(document: Any, block: LaidBlock) -> None:
    table = grid(document, block.widths, 1 + len(block.rows))
    rows = list(table.rows)
    for cell, label in zip(rows[0].cells, block.head, strict=True):
        _passage(cell.paragraphs[0], passage(label), bold=True)
    _row_says(rows[0], "w:tblHeader")
    for row, texts in zip(rows[1:], block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _passage(cell.paragraphs[0], text)
    document.add_paragraph()


def grid(document: Any, widths: list[int], rows: int) -> Any:
    """Rows that stay whole, in columns of the given shares of the line."""
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Mm(_LINE_MM * share / 100)
    for row in table.rows:
        _row_says(row, "w:cantSplit")
        for cell, share in zip(row.cells, widths, strict=True):
            cell.width = Mm(_LINE_MM * share / 100)
    return table


def _row_says(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _signatures(document: Any, paper: Laid) -> None:
    if not (paper.signatures or paper.state):
        return
    document.add_heading(_("Signatures"), 1)
    for statement, rows in paper.signatures:
        document.add_paragraph(statement)
        _facts(document, [(passage(label), passage(value)) for label, value in rows])
    if not paper.signatures:
        document.add_paragraph(_("Not signed. State: %(state)s.") % {"state": paper.state})
