from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import queries, rules
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import locked
from quality_markers.catalogue.models import Question
from quality_markers.comparing.models import Movement
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.case.operations.record import Stale
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

LONGEST = 20_000
"""Characters in one text."""


@transaction.atomic
def say_why(
    *, earlier: Pass, later: Pass, question: Question | None, words: str, version: int, by: Any
) -> Movement:
    """Why one question moved between the passes, or, without one, what moved as a whole.

    The passes may be signed: it is said of them, and is no part of what was signed. ``version`` is
    0 for the first words. Raises Stale and Refused.
    """
    later = locked(later)
    _allow(later.review, question, by)
    words = rules.normal(words).strip()
    _check(earlier, later, words)
    place = {"earlier": earlier, "later": later, "question": question}
    row = Movement.objects.filter(**place).first()
    if row is None:
        row = Movement.objects.create(
            **place, review=later.review, words=words, by=by, at=clock.now()
        )
        return _recorded(row, by)
    if row.words == words:  # the second of two clicks, or the same thought
        return row
    if row.version != version:
        raise Stale(row)
    change(row, version, {"words": words, "by": by, "at": clock.now()})
    return _recorded(row, by)


def may_say(user: Any, review: Review, question: Question | None) -> bool:
    """Who fills the question in; of the whole, who fills in every marker."""
    if review.stage == Stage.CLOSED:
        return False
    if question is None:
        both = (Permission.READ_MARKERS, Permission.ANSWER_MARKERS)
        return all(user.has_perm(permission, review) for permission in both)
    return queries.may(user, review, rules.READ, question.marker) and queries.may(
        user, review, rules.ANSWER, question.marker
    )


def _allow(review: Review, question: Question | None, by: Any) -> None:
    require(by, Permission.VIEW, review)
    if review.stage == Stage.CLOSED:
        raise Refused(_("The review is closed. Nobody works on it until the chair reopens it."))
    if not may_say(by, review, question):
        raise PermissionDenied


def _check(earlier: Pass, later: Pass, words: str) -> None:
    if earlier.review_id != later.review_id or earlier.number >= later.number:
        raise Refused(_("Choose two self-assessments of this review, the earlier one first."))
    if not words:
        raise Refused(_("Say what moved, and why."))
    if len(words) > LONGEST:
        raise Refused(_("A text may hold 20,000 characters."))


def _recorded(row: Movement, by: Any) -> Movement:
    words = {"then": row.earlier.number, "now": row.later.number}
    label = _("self-assessments %(then)s and %(now)s") % words
    if row.question:
        label = _("question %(question)s, %(passes)s") % {
            "question": row.question.reference,
            "passes": label,
        }
    changes = {"version": row.version}
    audit.record(kind=audit.Event.MOVEMENT_WRITTEN, by=by, target=row, label=label, changes=changes)
    return row
