from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Child, Review
from reviews.case.operations.record import create_review
from reviews.decisions.referrals import rules
from reviews.decisions.referrals.models import Referral
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core.reasons import Refused


@transaction.atomic
def refer(
    *, board: Board, by: Any, case: dict[str, Any], child: dict[str, Any], referral: dict[str, Any]
) -> Review:
    """Open a review with its first child and its referral (QM 1)."""
    review = create_review(board=board, by=by, **case)
    Child.objects.create(review=review, **child)
    Referral.objects.create(review=review, **referral)
    return review


@transaction.atomic
def change_referral(*, referral: Referral, version: int, by: Any, **fields: Any) -> Referral:
    """Raises Refused where somebody else has changed it since ``version`` was read."""
    review = Review.objects.locked(referral.review_id)
    require(by, Permission.EDIT, review)
    referral = Referral.objects.get(pk=referral.pk)
    changed = [name for name, value in fields.items() if getattr(referral, name) != value]
    if referral.version != version:
        raise Refused(_("Somebody else has changed the referral since you opened it."))
    if not changed:
        return referral
    for name in changed:
        setattr(referral, name, fields[name])
    referral.version += 1
    referral.save(update_fields=[*changed, "version"])
    audit.record(
        kind=audit.Event.REFERRAL_CHANGED,
        by=by,
        target=referral,
        changes={"fields": rules.labels(Referral, changed)},
    )
    return referral
