"""A pack of questions as a Word file, and back: a table for each item, with its keys hidden in it.

The keys are hidden text and not the tags of content controls, because other programs than Word keep
that as well. What is read are the words of a cell as they look with all changes accepted.
"""

import io
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from scr_portal.core.fill_in import Column, Filled, Group, Item, Pack, Returned
from scr_portal.core.passages import direction
from scr_portal.core.pdf import carriable
from scr_portal.core.reasons import Refused
from scr_portal.core.word import DEEP, INK, QUIET, number_field, set_font, without_times

_LINE_MM, _LABEL_MM = 174, 36
_SIZES = {"Title": 22, "Heading 1": 15, "List Number": 10.5, "Normal": 10.5}
_SHADE = "E3EEED"


def write(pack: Pack) -> bytes:
    document = Document()
    _page(document, pack)
    _styles(document)
    _properties(document, pack)
    _cover(document, pack)
    for group in pack.groups:
        _group(document, group, pack.columns)
    return without_times(document)


def read(content: bytes) -> Returned:
    """Raises Refused for what is no Word file."""
    try:
        body = Document(io.BytesIO(content)).element.body
        found = Returned()
        found.key = next(filter(None, map(_hidden, body.iter(qn("w:p")))), "")
        found.items = [item for table in body.iter(qn("w:tbl")) if (item := _item(table))]
    except Exception as error:
        # A file made to break readers breaks python-docx in many ways, none of which is ours.
        raise Refused(
            _("The file can’t be read as a Word document. Save it as .docx and choose it again.")
        ) from error
    return found


# --- writing --------------------------------------------------------------------------------------


def _page(document: Any, pack: Pack) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _LINE_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(22)
    for place in (section.header.paragraphs[0], section.footer.paragraphs[0]):
        place.paragraph_format.tab_stops.add_tab_stop(Mm(_LINE_MM), WD_TAB_ALIGNMENT.RIGHT)
    section.header.paragraphs[0].add_run(f"{pack.title}\t{pack.marking}")
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{pack.marking}\t")
    number_field(foot, "PAGE", "1")
    foot.add_run(" / ")
    number_field(foot, "NUMPAGES", "1")


def _styles(document: Any) -> None:
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")
    for name, size in _SIZES.items():
        style = document.styles[name]
        set_font(style, size, DEEP if name in {"Title", "Heading 1"} else INK)
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
        set_font(document.styles[name], 8.5, QUIET)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)


def _properties(document: Any, pack: Pack) -> None:
    """No name of anybody: the file goes through many hands."""
    made = timezone.localtime(pack.made_at, timezone.get_fixed_timezone(0)).replace(tzinfo=None)
    core = document.core_properties
    core.title = core.author = core.last_modified_by = pack.title[:255]
    core.created = core.modified = made
    core.language, core.comments, core.keywords = "en-GB", "", ""
    package = document.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _cover(document: Any, pack: Pack) -> None:
    title = document.add_paragraph(pack.title, style="Title")
    _hide(title, pack.key)
    _lock(title)
    for label, words in pack.facts:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(words)
    for sentence in pack.how:
        document.add_paragraph(sentence, style="List Number")


def _group(document: Any, group: Group, columns: Any) -> None:
    heading = document.add_heading(group.title, 1)
    heading.paragraph_format.page_break_before = True
    for line in group.intro.split("\n"):
        if line.strip():
            document.add_paragraph(line)
    for item in group.items:
        _table(document, item, [each for each in columns if each.name in item.texts])


def _table(document: Any, item: Item, columns: list[Column]) -> None:
    table = document.add_table(rows=1 + len(columns), cols=2, style="Table Grid")
    table.autofit = False
    widths = [Mm(_LABEL_MM), Mm(_LINE_MM - _LABEL_MM)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    first, *rest = table.rows
    head = first.cells[0].merge(first.cells[1])
    _shade(head)
    words = head.paragraphs[0]
    words.add_run(item.heading).bold = True
    _hide(words, item.key)
    _lock(words)
    words.paragraph_format.keep_with_next = True
    for row, column in zip(rest, columns, strict=True):
        row.height, row.height_rule = Mm(column.height), WD_ROW_HEIGHT_RULE.AT_LEAST
        label, box = row.cells
        label.width, box.width = widths
        _label(label, column)
        _box(box, column, item.texts[column.name])
    document.add_paragraph()


def _label(cell: Any, column: Column) -> None:
    cell.paragraphs[0].add_run(column.label)
    _hide(cell.paragraphs[0], column.name)
    _lock(cell.paragraphs[0])


def _box(cell: Any, column: Column, text: str) -> None:
    if column.choices:
        _choice(cell.paragraphs[0], column, text)
        return
    for number, line in enumerate(carriable(text).split("\n")):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        run = paragraph.add_run(line)
        if direction(line) == "rtl":
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _choice(paragraph: Any, column: Column, text: str) -> None:
    """A list to choose from; its words are in a run, so that it can be written over as well."""
    control = _element("w:sdt")
    said = _element("w:sdtPr", control)
    _element("w:alias", said, val=column.label)
    _element("w:lock", said, val="sdtLocked")
    choices = _element("w:dropDownList", said)
    for each in column.choices:
        item = _element("w:listItem", choices)
        item.set(qn("w:displayText"), each)
        item.set(qn("w:value"), each)
    held = _element("w:sdtContent", control)
    held.append(paragraph.add_run(text)._r)
    paragraph._p.append(control)


def _lock(paragraph: Any) -> None:
    """It can't be changed or deleted by mistake, where a program knows of content controls."""
    control = _element("w:sdt")
    _element("w:lock", _element("w:sdtPr", control), val="sdtContentLocked")
    held = _element("w:sdtContent", control)
    for run in paragraph._p.findall(qn("w:r")):
        held.append(run)
    paragraph._p.append(control)


def _shade(cell: Any) -> None:
    shade = _element("w:shd", cell._tc.get_or_add_tcPr(), val="clear", color="auto")
    shade.set(qn("w:fill"), _SHADE)


def _hide(paragraph: Any, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.hidden = True


def _element(tag: str, parent: Any = None, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    if parent is not None:
        parent.append(element)
    return element


# --- reading --------------------------------------------------------------------------------------

_UNREAD = frozenset(
    {
        *(qn(f"w:{each}") for each in ("del", "moveFrom", "pPr", "sdtPr", "txbxContent")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_BREAKS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_OFF = {"0", "false", "off"}


def _item(table: Any) -> Filled | None:
    """None for a table that is none of ours, such as one that somebody pasted into an answer."""
    rows = [cells for row in table.findall(qn("w:tr")) if (cells := _cells(row))]
    if not rows or not (key := _hidden(rows[0][0])):
        return None
    item = Filled(key=key, heading=_said(rows[0][0]).strip())
    for cells in rows[1:]:
        name = _hidden(cells[0])
        if not name or len(cells) < 2:
            continue
        item.twice = item.twice or name in item.texts
        item.texts[name] = _said(cells[1])
    return item


def _cells(row: Any) -> list[Any]:
    return row.xpath("./w:tc | ./w:sdt/w:sdtContent/w:tc")  # type: ignore[no-any-return]


def _said(cell: Any) -> str:
    """Its paragraphs as lines; those of a list begin with a dash, as lists do in the portal."""
    lines = []
    for paragraph in _paragraphs(cell):
        dash = "- " if paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None else ""
        lines.append(dash + "".join(_words(paragraph, hidden=False)))
    return carriable("\n".join(lines))


def _hidden(element: Any) -> str:
    return "".join(_words(element, hidden=True)).strip()


def _paragraphs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _UNREAD:
            continue
        if child.tag == qn("w:p"):
            yield child
        else:
            yield from _paragraphs(child)


def _words(element: Any, *, hidden: bool) -> Iterator[str]:
    for child in element:
        if child.tag in _UNREAD or _is_placeholder(child):
            continue
        if child.tag == qn("w:r") and _is_hidden(child) != hidden:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _words(child, hidden=hidden)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "1") not in _OFF


def _is_placeholder(element: Any) -> bool:
    """Words that a program puts where nothing has been chosen."""
    return element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
