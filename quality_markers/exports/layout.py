"""The content as a file of the form that was asked for."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from quality_markers.exports import content, tables
from quality_markers.exports.content import Wish
from quality_markers.exports.models import Export
from scr_portal.core import paper, pdf
from scr_portal.core.book import Book

_GATHERED = 0.5


def book_of(wish: Wish) -> Book:
    """In the portal's own language, whoever asked and wherever it is made.

    Raises PermissionDenied where nothing of it is left that the person may read.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return content.book(wish)


def to_html(book: Book) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("quality_markers/exports/book.html", {"book": book})


def to_pdf(book: Book, *, tell: pdf.Tell | None = None) -> bytes:
    return pdf.render(to_html(book), tell=tell, pages=book.pages)


def to_file(book: Book, form: str, *, tell: pdf.Tell | None = None) -> bytes:
    if form == Export.Form.PDF:
        return to_pdf(book, tell=tell)
    if tell:
        tell(_GATHERED)
    with translation.override(settings.LANGUAGE_CODE):
        return _WRITERS[form](book)


def _word(book: Book) -> bytes:
    from scr_portal.core import word_book

    return word_book.write(book)


_WRITERS: dict[str, Callable[[Book], bytes]] = {
    Export.Form.WORD: _word,
    Export.Form.EXCEL: tables.to_excel,
    Export.Form.CSV: tables.to_csv,
}

TYPES: dict[str, str] = {
    Export.Form.PDF: paper.KINDS["pdf"],
    Export.Form.WORD: paper.KINDS["docx"],
    Export.Form.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Form.CSV: "text/csv; charset=utf-8",
}
