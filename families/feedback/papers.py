"""The evaluation on paper: nothing on it says whose it is, or what it is about."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from families.feedback.rules import QUESTIONS
from scr_portal.core import pdf


def empty_form() -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        page = render_to_string("families/feedback/paper_form.html", {"questions": QUESTIONS})
    return HttpResponse(
        pdf.render(page),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="short-form.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
