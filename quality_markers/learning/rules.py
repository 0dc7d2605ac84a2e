"""What can be noted where, and in what words a gathered text could give a case away."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.assessments.models import Pass
from quality_markers.learning.models import Improvement
from reviews.case.identifiers import Identifier, found_in, identifiers
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.core.reasons import Refused

LONGEST = 5_000
"""Characters of one text: an improvement is a paragraph, not a report."""


def takes_notes(assessment: Pass) -> bool:
    """Improvements come of looking back, while the review is still worked on."""
    return (
        assessment.purpose == Pass.Purpose.RETROSPECTIVE
        and assessment.state != Pass.State.WITHDRAWN
        and assessment.review.stage != Stage.CLOSED
    )


def require_noting(assessment: Pass) -> None:
    if assessment.review.stage == Stage.CLOSED:
        raise Refused(_("The review is closed. Nobody works on it until the chair reopens it."))
    if assessment.purpose != Pass.Purpose.RETROSPECTIVE:
        raise Refused(_("Improvements for future reviews are noted when looking back at the end."))
    if assessment.state == Pass.State.WITHDRAWN:
        raise Refused(_("The self-assessment is withdrawn. Note it in another one."))


def require_noted(improvement: Improvement, review: Review) -> None:
    """It may still be changed by those who noted it. Raises Refused."""
    if review.stage == Stage.CLOSED:
        raise Refused(_("The review is closed. Nobody works on it until the chair reopens it."))
    if improvement.gathered_at:
        raise Refused(_("It is part of the board’s learning. Take it out of there first."))


def traces(review: Review, user: Any, *texts: str) -> list[str]:
    """Words in the texts by which a reader could tell whose case it is.

    They are repeated to who may see real names alone: to anybody else that a word is a name would
    be news.
    """
    known = [
        *identifiers(review),
        Identifier(review.reference, _("Reference")),
        Identifier(review.pseudonym, _("Pseudonym")),
    ]
    found = found_in("\n".join(texts), known)
    if found and not user.has_perm(Permission.SEE_NAMES, review):
        return [_("A name, an address or a reference of the case")]
    return list(dict.fromkeys(each.words for each in found))


REVIEWS, LOOKED_BACK = "reviews", "looked_back"


@dataclass(frozen=True)
class Line:
    """A number of reviews, all of which are counted by the line ``within`` as well."""

    key: str
    within: str = ""


def lines_of_question(pk: int) -> list[Line]:
    """Partly or not in place, then of these not in place."""
    return [Line(f"q{pk}", REVIEWS), Line(f"q{pk}:not", f"q{pk}")]


def lines_of_marker(number: int) -> list[Line]:
    """Not looked at before looking back, then of these not looked at even then."""
    return [Line(f"m{number}", LOOKED_BACK), Line(f"m{number}:never", f"m{number}")]
