"""Writes into a pack as a person does: in the box beside a label, under a question."""

import io
from collections.abc import Mapping

from docx import Document
from openpyxl import load_workbook

Texts = Mapping[str, Mapping[str, str]]


def fill_word(content: bytes, texts: Texts) -> bytes:
    """``texts``: number of a question, or "12" for its reflection, to labels and what is said."""
    document = Document(io.BytesIO(content))
    marker = ""
    for element in document.element.body:
        if element.tag.endswith("}p") and "Heading" in (element.style or ""):
            marker = "".join(t.text for t in element.iter() if t.tag.endswith("}t")).split(".")[0]
        elif element.tag.endswith("}tbl"):
            _fill_table(element, document, texts, marker)
    return _saved(document)


def _fill_table(element, document, texts: Texts, marker: str) -> None:
    from docx.table import Table

    table = Table(element, document)
    heading = shown(table.rows[0].cells[0]._tc)
    number = heading.split(" ")[0] if heading[0].isdigit() else marker
    for label, text in texts.get(number, {}).items():
        for row in table.rows[1:]:
            if shown(row.cells[0]._tc) == label:
                cell = row.cells[1]
                for paragraph in cell.paragraphs[1:]:
                    paragraph._p.getparent().remove(paragraph._p)
                first, *rest = text.split("\n")
                for child in list(cell.paragraphs[0]._p):
                    cell.paragraphs[0]._p.remove(child)
                cell.paragraphs[0].add_run(first)
                for line in rest:
                    cell.add_paragraph(line)


def shown(element) -> str:
    """Its words without the hidden ones."""
    return "".join(
        text.text or ""
        for run in element.iter()
        if run.tag.endswith("}r") and not any(each.tag.endswith("}vanish") for each in run.iter())
        for text in run.iter()
        if text.tag.endswith("}t")
    )


def fill_excel(content: bytes, texts: Texts) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        labels = {cell.value: cell.column for cell in sheet[4] if cell.value}
        marker = str(sheet["B2"].value).split(".")[0]
        for row in range(5, sheet.max_row + 1):
            number = sheet.cell(row, 2).value or marker
            for label, text in texts.get(str(number), {}).items():
                cell = sheet.cell(row, labels[label])
                cell.value = text
                cell.data_type = "s"
    return _saved(book)


def _saved(thing) -> bytes:
    held = io.BytesIO()
    thing.save(held)
    return held.getvalue()
