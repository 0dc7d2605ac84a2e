"""The network on paper: the picture across a page of A4, then the same in words."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from families.people.network.on_paper import on_paper
from families.people.network.shown import Shown
from reviews.case.models import Review
from scr_portal.core import pdf
from scr_portal.core.templatetags.portal import moment

# Millimetres that are left on A4 laid across by the margins of print/landscape.css and a heading.
WIDTH, HEIGHT = 261, 138


def network_pdf(network: Shown, review: Review, *, named: bool, by: Any, at: datetime) -> bytes:
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "network": network,
            "picture": on_paper(
                network.picture, network.title, network.description, width=WIDTH, height=HEIGHT
            ),
            "review": review,
            "version": _("With real names") if named else _("By pseudonym"),
            "named": named,
            "by": by,
            "at": at,
            "made": _("Made %(moment)s") % {"moment": moment(at)},
        }
        page = render_to_string("families/people/network_pdf.html", context)
        return pdf.render(pdf.carriable(page))
