"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from families.people import tracing
from families.people.operations import children
from reviews.case.identifiers import Identifier
from reviews.case.models import Child, Review
from reviews.case.parts import Part
from reviews.permissions import Permission

ROOMS = [(_("Family register"), "families:people"), (_("Network"), "families:network")]


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.SEE_FAMILY, review):
        return []
    return [
        {
            "label": label,
            "name": name,
            "url": reverse(name, args=[review.pk]),
            "part": Part.FAMILY,
        }
        for label, name in ROOMS
    ]


def identifiers(review: Review) -> list[Identifier]:
    return tracing.identifiers_of(review)


def child_changed(child: Child, by: Any) -> list[Any]:
    children.child_changed(child=child, by=by)
    return []
