"""What this room tells the rooms below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.evidence import Evidence
from reviews.case.models import Review
from reviews.case.parts import Part
from reviews.permissions import Permission
from reviews.scoping.partners.queries import open_partnerships


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    if not user.has_perm(Permission.READ_SCOPE, review):
        return []
    url = reverse("reviews:partners", args=[review.pk])
    return [
        {"label": _("Partner boards"), "name": "reviews:partners", "url": url, "part": Part.SCOPE}
    ]


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """A case that crosses a border is weighed with the boards on the other side (6.3)."""
    if marker != 6 or not user.has_perm(Permission.READ_SCOPE, review):
        return []
    agreed = _("Partner board: %(board)s, with what was agreed")
    not_yet = _("Partner board: %(board)s, with no agreement on the record")
    return [
        Evidence(
            "6.3",
            (agreed if row.agreed else not_yet) % {"board": row.name},
            reverse("reviews:partners", args=[review.pk]),
            row.starts,
        )
        for row in open_partnerships(review)
    ]
