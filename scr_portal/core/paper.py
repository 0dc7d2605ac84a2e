"""One document, two files with the same content in the same order: PDF and Word.

A room says what its document holds (``core/blocks.py``); how it looks is in ``templates/core`` and
in ``core/word.py``. Text is carried without control characters.
"""

import re
from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.http import content_disposition_header

from scr_portal.core import pdf
from scr_portal.core.blocks import Block, Bullets, Facts, Note, Paper, Section, Signed, Table, Text
from scr_portal.core.laying import laid

__all__ = [
    "KINDS",
    "Block",
    "Bullets",
    "Facts",
    "Note",
    "Paper",
    "Section",
    "Signed",
    "Table",
    "Text",
    "file_name",
    "response",
    "to_docx",
    "to_pdf",
]

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def to_pdf(paper: Paper) -> bytes:
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.render(render_to_string("core/paper.html", {"paper": laid(paper)}))


def to_docx(paper: Paper) -> bytes:
    from scr_portal.core import word

    with translation.override(settings.LANGUAGE_CODE):
        return word.write(laid(paper))


def response(paper: Paper, kind: str, *, what: str) -> HttpResponse:
    """The file as an attachment; Http404 where there is no such kind."""
    if kind not in KINDS:
        raise Http404
    content = to_pdf(paper) if kind == "pdf" else to_docx(paper)
    name = file_name(paper.reference, what, timezone.localdate(paper.made_at), kind)
    return HttpResponse(
        content,
        content_type=KINDS[kind],
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def file_name(reference: str, what: str, on: date, ending: str) -> str:
    """Reference and date, never a person: ``SCR-2026-014-decision-2-2026-11-22.pdf``."""
    safe = re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-") or "review"
    return f"{safe}-{what}-{on:%Y-%m-%d}.{ending}"
