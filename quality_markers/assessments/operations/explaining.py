"""Judged in place although the record says otherwise: why that is so, in words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import rules
from quality_markers.assessments.models import Explanation, Pass
from quality_markers.assessments.operations.passes import locked, may_answer, require_editable
from quality_markers.assessments.queries.record import Contradiction, contradictions
from quality_markers.catalogue.models import Question
from reviews.case.operations.record import Stale
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def explain(
    *, assessment: Pass, question: Question, words: str, seen: str, version: int, by: Any
) -> Explanation:
    """``seen``: of the page, the facts that its writer read (``Contradiction.seen``).

    ``version`` is that of the explanation on the page, 0 where there was none. Raises Stale,
    Refused (also where the record says something else by now), and PermissionDenied.
    """
    assessment = locked(assessment)
    if not may_answer(by, assessment, question.marker, question):
        raise PermissionDenied
    require_editable(assessment)
    words = rules.normal(words).strip()
    found = _contradiction(assessment, question, by)
    row = found.explanation
    if row is not None and row.words == words and row.by_id == by.pk and found.is_explained:
        return row  # the second of two clicks
    _check(words, found, seen, version)
    return _put(assessment, found, words, by)


def _contradiction(assessment: Pass, question: Question, by: Any) -> Contradiction:
    for found in contradictions(assessment, by, only=question):
        return found
    raise Refused(_("The record says nothing against this answer. There is nothing to explain."))


def _check(words: str, found: Contradiction, seen: str, version: int) -> None:
    if not words:
        raise Refused(_("Explain it in words."))
    if len(words) > rules.LONGEST:
        raise Refused(_("A text may hold 100,000 characters."))
    row = found.explanation
    if row is not None and row.version != version:
        raise Stale(row)
    if seen != found.seen:
        raise Refused(
            _("The record says something else by now. Read it again, and then explain it.")
        )


def _put(assessment: Pass, found: Contradiction, words: str, by: Any) -> Explanation:
    row = found.explanation or Explanation(
        review=assessment.review, assessment=assessment, question=found.question, version=0
    )
    # What somebody else explained may be a fact that this person does not see: it stays explained.
    row.facts = list(dict.fromkeys([*row.facts, *(str(fact.text) for fact in found.facts)]))
    row.words, row.by, row.at = words, by, clock.now()
    row.version += 1
    row.save()
    audit.record(
        kind=audit.Event.CONTRADICTION_EXPLAINED,
        by=by,
        target=row,
        label=f"{assessment}: {found.reference}",
        changes={"version": row.version},
    )
    return row
