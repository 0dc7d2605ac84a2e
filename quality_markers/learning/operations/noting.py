"""Improvements for future reviews, as those who look back at one write them down."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import queries
from quality_markers.assessments.models import Pass
from quality_markers.assessments.rules import ANSWER
from quality_markers.catalogue.models import Marker
from quality_markers.learning import rules
from quality_markers.learning.models import Improvement, Theme
from reviews.case.models import Review
from reviews.case.operations.changing import change as change_row
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def may_note(by: Any, review: Review, marker: Marker | None) -> bool:
    """What is about the whole is for those who may fill in every marker."""
    if marker is None:
        return bool(by.has_perm(Permission.ANSWER_MARKERS, review))
    return queries.may(by, review, ANSWER, marker)


@transaction.atomic
def note(
    *,
    assessment: Pass,
    text: str,
    by: Any,
    token: str,
    marker: Marker | None = None,
    quote: str = "",
    themes: Iterable[Theme] = (),
) -> Improvement:
    """Once for a token. Raises PermissionDenied, and Refused outside of a pass that looks back."""
    review = Review.objects.locked(assessment.review_id)
    if not may_note(by, review, marker):
        raise PermissionDenied
    # Other words from a page gone back to are another improvement: none is lost.
    key = key_of(review, by, token, assessment.pk, marker and marker.pk, text, quote)
    if found := Improvement.objects.filter(token=key).first():
        return found
    assessment = Pass.objects.get(pk=assessment.pk, review=review)
    assessment.review = review
    rules.require_noting(assessment)
    if marker and not assessment.markers.filter(pk=marker.pk).exists():
        raise Refused(_("This marker is not part of the self-assessment."))
    made = Improvement.objects.create(
        review=review,
        assessment=assessment,
        marker=marker,
        text=_said(text),
        quote=quote.strip(),
        by=by,
        at=clock.now(),
        token=key,
    )
    made.themes.set(_of_board(themes, review))
    audit.record(kind=audit.Event.IMPROVEMENT_NOTED, by=by, target=made)
    return made


@transaction.atomic
def change(
    *,
    improvement: Improvement,
    version: int,
    text: str,
    by: Any,
    quote: str = "",
    themes: Iterable[Theme] = (),
) -> Improvement:
    """Raises Stale where ``version`` is not the present one."""
    row = _noted(improvement, by)
    fields = {"text": _said(text), "quote": quote.strip()}
    save(row, version, fields, themes, kind=audit.Event.IMPROVEMENT_CHANGED, by=by)
    return row


@transaction.atomic
def drop(*, improvement: Improvement, by: Any) -> None:
    """Set aside, not lost; a second click finds it so."""
    row = _noted(improvement, by)
    if not row.dropped_at:
        _mark(row, clock.now())
        audit.record(kind=audit.Event.IMPROVEMENT_DROPPED, by=by, target=row)


@transaction.atomic
def put_back(*, improvement: Improvement, by: Any) -> None:
    row = _noted(improvement, by)
    if row.dropped_at:
        _mark(row, None)
        audit.record(kind=audit.Event.IMPROVEMENT_PUT_BACK, by=by, target=row)


def save(
    row: Improvement,
    version: int,
    fields: dict[str, Any],
    themes: Iterable[Theme],
    *,
    kind: audit.Event,
    by: Any,
) -> None:
    """The fields and the themes as one change, with one event."""
    chosen = _of_board(themes, row.review, kept=row)
    names = change_row(row, version, fields)
    moved = {theme.pk for theme in chosen} != {theme.pk for theme in row.themes.all()}
    if moved:
        row.themes.set(chosen)
        names = ", ".join(filter(None, [names, str(_("themes"))]))
        if row.version == version:
            row.version += 1
            row.save(update_fields=["version"])
    if names:
        changes = {"fields": names, "version": row.version}
        audit.record(kind=kind, by=by, target=row, changes=changes)


def locked(improvement: Improvement) -> Improvement:
    """Under the lock of its review."""
    review = Review.objects.locked(improvement.review_id)
    row = Improvement.objects.select_related("marker", "assessment").get(pk=improvement.pk)
    row.review = review
    return row


def _noted(improvement: Improvement, by: Any) -> Improvement:
    row = locked(improvement)
    if not may_note(by, row.review, row.marker):
        raise PermissionDenied
    rules.require_noted(row, row.review)
    return row


def _mark(row: Improvement, moment: Any) -> None:
    row.dropped_at = moment
    row.version += 1
    row.save(update_fields=["dropped_at", "version"])


def _said(text: str) -> str:
    if not text.strip():
        raise Refused(_("Say what to do otherwise."))
    return text.strip()


def _of_board(
    themes: Iterable[Theme], review: Review, kept: Improvement | None = None
) -> list[Theme]:
    """Raises Refused for another board's, and for one retired that it does not have already."""
    chosen = list(themes)
    had = set(kept.themes.values_list("pk", flat=True)) if kept else set()
    for theme in chosen:
        if theme.board_id != review.board_id or (theme.retired_at and theme.pk not in had):
            raise Refused(_("Choose themes that the board uses today."))
    return chosen
