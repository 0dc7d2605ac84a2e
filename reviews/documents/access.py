"""What an operation asks again, whatever the page that called it has asked."""

from typing import Any

from django.core.exceptions import PermissionDenied

from reviews.case.models import Review
from reviews.case.zones import boards_of
from reviews.documents.models import Document


def locked(document: Document, by: Any, *, review: Review | None = None) -> Document:
    """Under the review's lock, read anew. Raises PermissionDenied for who may not read it today."""
    review = review or Review.objects.locked(document.review_id)
    found = Document.objects.readable(by, review).filter(pk=document.pk).first()
    if found is None:
        raise PermissionDenied
    found.review = review
    return found


def require_zone(by: Any, review: Review, board: Any) -> None:
    if board is not None and board not in boards_of(by, review):
        raise PermissionDenied
