"""Which files a person may ask for, and which of theirs they may still be given."""

from typing import Any

from django.db.models import Q, QuerySet

from quality_markers.assessments.models import Pass
from quality_markers.assessments.queries import markers_for, passes_of
from quality_markers.assessments.rules import READ
from quality_markers.catalogue.models import Marker
from quality_markers.exports.models import Export
from reviews.case.models import Review
from reviews.permissions import Permission

P = Permission
READING = (
    *(P.READ_MARKERS, P.READ_FAMILY_MARKERS, P.READ_DECISIONS, P.READ_SCOPE, P.READ_PLAN),
    *(P.READ_DOCUMENTS, P.SEE_FAMILY, P.SEE_NAMES, P.SEE_SAFETY, P.READ_CONTRIBUTIONS, P.APPOINT),
)
"""With each of them the record may say more to the questions."""

OF_A_PASS = (
    *("catalogue", "signature", "copied_from"),
    *("opened_by", "submitted_by", "returned_by", "withdrawn_by"),
)
"""What the cover of a pass says."""


def may_export(user: Any, review: Review) -> bool:
    return user.has_perm(Permission.EXPORT, review)


def rights(user: Any, review: Review) -> list[str]:
    return [str(each) for each in READING if user.has_perm(each, review)]


def readable(user: Any, assessment: Pass) -> QuerySet[Marker]:
    """The markers of the pass that this person may take with them."""
    if not may_export(user, assessment.review):
        return assessment.markers.none()
    return markers_for(user, assessment, READ)


def others(user: Any, assessment: Pass) -> QuerySet[Pass]:
    """Earlier passes of the review, with which this one may be compared, the newest first."""
    rows = passes_of(assessment.review, user).filter(number__lt=assessment.number)
    return rows.order_by("-number")


def exports_of(user: Any, review: Review) -> QuerySet[Export]:
    """This person's own files of one review, without their contents.

    Whoever may read the family's markers alone by now is not told of files that hold others, nor
    is anybody of files made with a right that they have lost.
    """
    rows = Export.objects.filter(asked_by=user, review=review)
    rows = rows.filter(rights__contained_by=rights(user, review))
    rows = rows.select_related("assessment", "compared_with", "marker", "review").defer("content")
    if user.has_perm(Permission.READ_MARKERS, review):
        return rows
    family = Marker.objects.filter(is_family=True)
    numbers = list(family.values_list("number", flat=True).distinct())
    passes = passes_of(review, user).values("pk")
    return rows.filter(
        Q(marker__isnull=True) | Q(marker__in=family),
        Q(compared_with__isnull=True) | Q(compared_with__in=passes),
        assessment__in=passes,
        markers__contained_by=numbers,
    )


def may_still_read(user: Any, export: Export) -> bool:
    """Whether every marker in the file, and what stands beside it, is the person's to read today.

    In a file of several passes a number may be a marker of the family in one and not in another.
    """
    if not may_export(user, export.review):
        return False
    if not set(export.rights) <= set(rights(user, export.review)):
        return False
    theirs: set[int] = set()
    for assessment in _passes_in(user, export):
        assessment.review = export.review
        numbers = set(readable(user, assessment).values_list("number", flat=True))
        all_numbers = set(assessment.markers.values_list("number", flat=True))
        if (all_numbers - numbers) & set(export.markers):
            return False
        theirs |= numbers
    return set(export.markers) <= theirs


def _passes_in(user: Any, export: Export) -> list[Pass]:
    if export.of == Export.Of.HISTORY:
        return list(passes_of(export.review, user))
    return [each for each in (export.assessment, export.compared_with) if each]
