"""What every operation asks again, whatever the page that called it has asked."""

from typing import Any

from django.core.exceptions import PermissionDenied

from families.contributions.models import Contribution
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit


def locked(contribution: Contribution, by: Any) -> Contribution:
    """Under the review's lock, read anew.

    Raises PermissionDenied for who keeps no contributions, or may not read this one today.
    """
    review = Review.objects.locked(contribution.review_id)
    require(by, Permission.KEEP_CONTRIBUTIONS, review)
    found = Contribution.objects.readable(by, review).filter(pk=contribution.pk).first()
    if found is None:
        raise PermissionDenied
    found.review = review
    return found


def record(kind: audit.Event, contribution: Contribution, by: Any, **changes: Any) -> None:
    """Always of the contribution itself, so that a history hides it from who may not read that."""
    audit.record(
        kind=kind, by=by, target=contribution, label=contribution.in_history, changes=changes
    )
