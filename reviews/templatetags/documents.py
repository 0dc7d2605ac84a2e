"""``{% load documents %}{% documents_about thing "reviews.read_decisions" "referral" %}``"""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from reviews.documents import queries
from reviews.permissions import Permission
from scr_portal.documents.models import StoredFile

register = template.Library()

SCAN_COLOURS = {
    StoredFile.Scan.WAITING: "yellow",
    StoredFile.Scan.CLEAN: "green",
    StoredFile.Scan.REFUSED: "red",
    StoredFile.Scan.NOT_SCANNED: "grey",
}


@register.filter
def scan_colour(stored: StoredFile) -> str:
    return SCAN_COLOURS[StoredFile.Scan(stored.scan)]


@register.inclusion_tag("reviews/documents/_about.html", takes_context=True)
def documents_about(
    context: template.Context, thing: Any, permission: str = "", kind: str = ""
) -> dict[str, Any]:
    """What belongs to a thing that has a ``review``, and for who may add: a link to attach more.

    ``permission`` and ``kind`` are what the link proposes. The thing's room must answer for it in
    the contribution "document_targets".
    """
    user, review = context["request"].user, thing.review
    proposed = {
        "about": ":".join(queries.address_of(thing)),
        "permission": permission,
        "kind": kind,
    }
    query = urlencode({name: value for name, value in proposed.items() if value})
    may_add = user.has_perm(Permission.ADD_DOCUMENTS, review)
    return {
        "documents": queries.about(user, thing),
        "attach_url": f"{reverse('reviews:document_new', args=[review.pk])}?{query}"
        if may_add
        else "",
    }
