"""A document as pages: our template, then core/pdf.py."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from quality_markers.exports.queries import Document
from scr_portal.core import pdf


def to_html(document: Document) -> str:
    """In the portal's own language, whoever asked and wherever it is made."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(
            "quality_markers/exports/pass.html",
            {"document": document, "verify_at": _verify_at(document)},
        )


def to_pdf(document: Document, *, tell: pdf.Tell | None = None) -> bytes:
    return pdf.render(to_html(document), tell=tell, pages=document.pages)


def _verify_at(document: Document) -> str:
    if document.signature is None:
        return ""
    place = [document.review.pk, document.signature.pk]
    return settings.PORTAL_URL + reverse("reviews:signature", args=place)
