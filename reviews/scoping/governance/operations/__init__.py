"""Every act asks for leave to write the scope, under the review's lock."""

from typing import Any

from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require


def locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.WRITE_SCOPE, review)
    return review
