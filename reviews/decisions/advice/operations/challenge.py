"""A peer looks at the decision, or it is said why none was asked (QM 2.6)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.record import Stale
from reviews.decisions.advice.models import PeerChallenge
from reviews.decisions.referrals.rules import labels
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

CHALLENGE = (
    "sought",
    "peer",
    "peer_board",
    "held_on",
    "asked",
    "said",
    "became",
    "not_sought_reason",
)


@transaction.atomic
def record_challenge(*, review: Review, by: Any, **fields: Any) -> PeerChallenge:
    """The same again, as by a double click, is the same challenge."""
    review = _locked(review.pk, by)
    said = _whole(fields)
    if same := review.peerchallenges.filter(by=by, **said).first():
        return same
    made = PeerChallenge.objects.create(review=review, by=by, at=clock.now(), **said)
    audit.record(kind=audit.Event.CHALLENGE_RECORDED, by=by, target=made, label=_label())
    return made


@transaction.atomic
def change_challenge(
    *, challenge: PeerChallenge, version: int, by: Any, **fields: Any
) -> PeerChallenge:
    """Raises Stale where ``version`` is not the present one."""
    review = _locked(challenge.review_id, by)
    challenge = review.peerchallenges.get(pk=challenge.pk)
    if challenge.version != version:
        raise Stale(challenge)
    said = _whole(fields)
    changed = [name for name in CHALLENGE if getattr(challenge, name) != said[name]]
    if not changed:
        return challenge
    for name in changed:
        setattr(challenge, name, said[name])
    challenge.version += 1
    challenge.save()
    audit.record(
        kind=audit.Event.CHALLENGE_CHANGED,
        by=by,
        target=challenge,
        label=_label(),
        changes={"fields": labels(PeerChallenge, changed)},
    )
    return challenge


def _label() -> str:
    return str(PeerChallenge._meta.verbose_name)


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    if not (by.has_perm(Permission.EDIT, review) or by.has_perm(Permission.SIGN, review)):
        raise PermissionDenied
    return review


def _whole(fields: dict[str, Any]) -> dict[str, Any]:
    """Every field, those of the other answer empty. Raises Refused where one is missing."""
    empty = {name: None if name == "held_on" else "" for name in CHALLENGE}
    if not fields["sought"]:
        if not fields["not_sought_reason"].strip():
            raise Refused(_("Say why no peer was asked."))
        return empty | {"sought": False, "not_sought_reason": fields["not_sought_reason"]}
    if not fields["peer"].strip() or not fields["held_on"]:
        raise Refused(_("Say who was asked, and when."))
    if fields["held_on"] > clock.today():
        raise Refused(_("The day of the discussion can't lie in the future."))
    return empty | fields | {"sought": True, "not_sought_reason": ""}
