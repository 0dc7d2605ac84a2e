"""What is the same in every file."""

from typing import Any

from django.utils.translation import gettext as _

from quality_markers.exports.content import fronts, voices
from quality_markers.exports.content.names import Names
from quality_markers.exports.content.wish import Wish
from quality_markers.exports.models import Export


def frame(wish: Wish, names: Names) -> dict[str, Any]:
    review = wish.assessment.review
    return {
        "reference": review.reference,
        "pseudonym": review.pseudonym,
        "board": str(review.board),
        "marking": str(review.get_marking_display()),
        "for_whom": fronts.for_whom(wish, names),
        "made": fronts.made(wish),
        "made_at": wish.at,
        "kinds": _kinds(wish),
        "note": "" if wish.marker else _prompt(),
        "is_short": bool(wish.marker),
    }


def _kinds(wish: Wish) -> dict[str, str]:
    left_out = {"why"} if wish.of == Export.Of.PASS else set()
    if not wish.with_comments:
        left_out.add("comments")
    return {kind: str(label) for kind, label in voices.KINDS.items() if kind not in left_out}


def _prompt() -> str:
    return _(
        "The markers are there to prompt judgement. Each question is answered in words, and "
        "nothing here is added up to a score."
    )
