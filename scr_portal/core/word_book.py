"""A book as a Word file: real headings, numbered paragraphs, and whom the copy is for behind all.

The same bytes for the same book.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from scr_portal.core import word
from scr_portal.core.book import Book, Chapter, Closing, Entry, Fact, Part, Said, Voice
from scr_portal.core.passages import Passage, direction
from scr_portal.core.pdf import carriable

_LINE_MM = 166
_INDENT_MM = 16
_SIZES = {
    **{"Title": 24, "Subtitle": 14, "Heading 1": 20, "Heading 2": 16, "Heading 3": 11.5},
    **{"Heading 4": 10.5, "Normal": 10.5},
}
_GREEN = RGBColor.from_string("0D4C50")
_LONGEST = 255  # characters of a property of the file
_WATERMARK = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    "</v:shapetype>"
    '<v:shape id="copy-for" type="#_x0000_t136" alt="" style="position:absolute;margin-left:0;'
    "margin-top:0;width:480pt;height:{height}pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#e3eeed" '
    'stroked="f"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt"/></v:shape>'
    "</w:pict>"
)


def write(book: Book) -> bytes:
    document = Document()
    _page(document, book)
    _styles(document)
    _properties(document, book)
    _cover(document, book)
    numbers = count(1)
    for part in book.parts:
        _part(document, part, numbers)
    if book.closing:
        document.add_heading(_("Signatures"), 1)
        _closing(document, book.closing)
    return word.without_times(document)


# --- page, styles, properties ---------------------------------------------------------------------


def _page(document: Any, book: Book) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _LINE_MM) / 2)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
    _running(top, carriable(book.reference), book.version)
    _running(bottom, book.made, "")
    word.page_of(bottom)
    for part in (section.header, section.footer):
        line = part.add_paragraph(style="Header")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(book.marking).bold = True
    for_whom = section.footer.add_paragraph(carriable(book.for_whom), style="Footer")
    for_whom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _watermark(top, carriable(book.for_whom))


def _running(paragraph: Any, left: str, right: str) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_LINE_MM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t{right}")


def _watermark(paragraph: Any, words: str) -> None:
    """The letters are as wide as the page lets them: the longer the words, the lower they are."""
    picture = parse_xml(_WATERMARK.format(height=max(14, min(60, round(900 / len(words))))))
    picture.find(".//{urn:schemas-microsoft-com:vml}shape").find(
        "{urn:schemas-microsoft-com:vml}textpath"
    ).set("string", words)
    paragraph.add_run()._r.append(picture)


def _styles(document: Any) -> None:
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")
    for name, size in _SIZES.items():
        style = document.styles[name]
        word.set_font(style, size, word.INK if name in {"Normal", "Subtitle"} else word.DEEP)
        style.font.italic, style.font.bold = False, "Heading" in name
        style.paragraph_format.keep_with_next = "Heading" in name
    for name in ("Heading 2", "Heading 3"):
        form = document.styles[name].paragraph_format
        form.tab_stops.add_tab_stop(Mm(_INDENT_MM))
        form.left_indent, form.first_line_indent = Mm(_INDENT_MM), Mm(-_INDENT_MM)
        form.space_before, form.space_after = Pt(14), Pt(4)
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
        word.set_font(document.styles[name], 8.5, word.QUIET)
    _own_styles(document)


def _own_styles(document: Any) -> None:
    """Words of people, labels above them, judgements, and who wrote it."""
    looks = {
        "Words": (10.5, word.INK, False, 6),
        "Label": (9.5, _GREEN, True, 2),
        "Judgement": (10, word.DEEP, True, 4),
        "Written by": (8.5, word.QUIET, False, 10),
        "Statement": (10.5, word.INK, False, 8),
    }
    for name, (size, colour, is_bold, after) in looks.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        word.set_font(style, size, colour)
        style.font.bold = is_bold
        style.paragraph_format.left_indent = Mm(_INDENT_MM)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = name in {"Label", "Judgement"}
    words = document.styles["Words"].paragraph_format
    words.first_line_indent = Mm(-_INDENT_MM)
    words.tab_stops.add_tab_stop(Mm(_INDENT_MM))
    shade = OxmlElement("w:shd")
    for key, value in {"val": "clear", "color": "auto", "fill": "E3EEED"}.items():
        shade.set(qn(f"w:{key}"), value)
    # Its place among the properties of a paragraph is said by the format.
    document.styles["Statement"].element.get_or_add_pPr().insert_element_before(
        shade, "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _properties(document: Any, book: Book) -> None:
    """The board and what it is, and nobody's name."""
    core = document.core_properties
    core.title, core.subject = book.name[:_LONGEST], book.wording[:_LONGEST]
    core.author = core.last_modified_by = book.board[:_LONGEST]
    core.created = core.modified = word.as_files_say(book.made_at)
    core.language, core.comments, core.keywords = "en-GB", "", ""
    package = document.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


# --- content --------------------------------------------------------------------------------------


def _cover(document: Any, book: Book) -> None:
    document.add_paragraph(book.board).runs[0].bold = True
    document.add_paragraph(book.title, style="Title")
    if book.subtitle:
        document.add_paragraph(book.subtitle, style="Subtitle")
    document.add_paragraph(f"{book.reference}  {carriable(book.pseudonym)}").runs[0].bold = True
    _facts(document, book.facts)
    if book.note:
        document.add_paragraph(book.note)
    if not book.is_short:
        _contents(document, book)
    _said(document, book.said, 2)


def _contents(document: Any, book: Book) -> None:
    document.add_paragraph(_("Contents"), style="Subtitle")
    for part in book.parts:
        document.add_paragraph(_part_title(part)).runs[0].bold = True
        for chapter in part.chapters:
            line = document.add_paragraph(style="List")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _anchor(chapter))
            link.append(line.add_run(f"{chapter.number}  {chapter.title}")._r)
            line._p.append(link)


def _anchor(chapter: Chapter) -> str:
    return chapter.key.replace("-", "_")


def _part_title(part: Part) -> str:
    return f"{part.eyebrow}: {part.title}"


def _part(document: Any, part: Part, numbers: Iterator[int]) -> None:
    heading = document.add_heading(_part_title(part), 1)
    heading.paragraph_format.page_break_before = True
    if part.facts:
        _facts(document, part.facts)
    _said(document, part.said, 2)
    for chapter in part.chapters:
        _chapter(document, chapter, next(numbers))
    if part.closing:
        document.add_heading(_("Signatures"), 2)
        _closing(document, part.closing)


def _chapter(document: Any, chapter: Chapter, number: int) -> None:
    heading = document.add_heading(f"{chapter.number}\t{chapter.title}", 2)
    word.bookmark(heading, _anchor(chapter), number)
    document.add_paragraph(carriable(chapter.statement), style="Statement")
    for entry in chapter.entries:
        _entry(document, entry)


def _entry(document: Any, entry: Entry) -> None:
    words = carriable(entry.text)
    document.add_heading(words if entry.is_last else f"{entry.reference}\t{words}", 3)
    if entry.note:
        document.add_paragraph(carriable(entry.note), style="Written by")
    for voice in entry.voices:
        _voice(document, voice)


def _voice(document: Any, voice: Voice) -> None:
    if voice.heading:
        document.add_paragraph(voice.heading, style="Label")
    if voice.judgement:
        document.add_paragraph(voice.judgement, style="Judgement")
    for said in voice.own:
        _words(document, said)
    if voice.signed:
        document.add_paragraph(voice.signed, style="Written by")
    for said in voice.around:
        _words(document, said)


def _said(document: Any, rows: Sequence[Said], level: int) -> None:
    for said in rows:
        document.add_heading(said.label, level)
        for each in said.passages:
            _passage(document, each)


def _words(document: Any, said: Said) -> None:
    if said.label:
        document.add_paragraph(said.label, style="Label")
    for each in said.passages:
        _passage(document, each)


def _passage(document: Any, passage: Passage) -> None:
    paragraph = document.add_paragraph(style="Words")
    run = paragraph.add_run(f"{passage.number}\t" if passage.number else "\t")
    run.font.size, run.font.color.rgb = Pt(8.5), word.QUIET
    words = paragraph.add_run(passage.text)
    if passage.direction == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        words._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _facts(document: Any, rows: Sequence[Fact]) -> None:
    table = word.grid(document, [30, 70], len(rows))
    for row, (label, value) in zip(table.rows, rows, strict=True):
        row.cells[0].paragraphs[0].add_run(label).bold = True
        words = carriable(value)
        row.cells[1].paragraphs[0].add_run(words)
        if direction(words) == "rtl":
            row.cells[1].paragraphs[0]._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    document.add_paragraph()


def _closing(document: Any, closing: Closing) -> None:
    document.add_paragraph(carriable(closing.words))
    rows = [*closing.rows, *([(_("Verify at"), closing.link)] if closing.link else [])]
    if rows:
        _facts(document, rows)
    if closing.note:
        document.add_paragraph(closing.note)
