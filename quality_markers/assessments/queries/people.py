"""Who wrote in a pass, and who is told of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from quality_markers.assessments.models import AnswerText, Pass, ReflectionText
from reviews.case.queries import appointed, people_with
from reviews.permissions import Permission, Role


def wrote_in(assessment: Pass, user: Any) -> bool:
    """Whether a word of the pass, now or earlier, or its submission is this person's.

    A copy says what the pass before it said.
    """
    kept: list[QuerySet[Any]] = [
        AnswerText.objects.filter(answer__assessment=assessment),
        ReflectionText.objects.filter(reflection__assessment=assessment),
        assessment.answers.all(),
        assessment.reflections.all(),
        assessment.evidence_items.all(),
        assessment.explanations.all(),
    ]
    if assessment.submitted_by_id == user.pk or any(rows.filter(by=user).exists() for rows in kept):
        return True
    return assessment.copied_from is not None and wrote_in(assessment.copied_from, user)


def last_to_write(row: Any, names: Iterable[str]) -> tuple[Any, Any]:
    """Who wrote these fields as they stand, and when: not always who saved the answer last."""
    found = row
    for earlier in row.texts.select_related("by"):
        if any(getattr(earlier, name) != getattr(row, name) for name in names):
            break
        found = earlier
    return found.by, found.at


def told_of(assessment: Pass) -> list[Any]:
    """Who hears what became of a pass: whoever opened and submitted it, and the lead reviewers."""
    review = assessment.review
    wanted = {assessment.opened_by_id, assessment.submitted_by_id}
    wanted |= {person.pk for person in appointed(review, Role.LEAD)}
    readers = people_with(review, Permission.READ_MARKERS)
    return [person for person in readers if person.pk in wanted]
