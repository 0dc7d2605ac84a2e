"""The unit drafts, the chair changes it, returns it or issues it (QM 3.1)."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations import asking
from reviews.case.operations.record import Stale
from reviews.case.queries import people_with
from reviews.decisions.briefings import queries, rules
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Reason, Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

WRITTEN = ("title", "tells_outcome", "tells_nature", "tells_rationale", "text", "read_by")


@transaction.atomic
def draft(*, review: Review, version: int, by: Any, **fields: Any) -> Briefing:
    """Write the briefing in work, or begin the next one, on the decision that stands now.

    What the chair writes is before the chair. ``version`` is the draft's as it was read, 0 where
    there was none. Raises Stale where it has changed since, Refused without a signed decision.
    """
    review = Review.objects.locked(review.pk)
    is_chair = by.has_perm(Permission.SIGN, review)
    if not (is_chair or by.has_perm(Permission.EDIT, review)):
        raise PermissionDenied
    decision, briefing = queries.signed_decision(review), queries.in_work(review)
    if decision is None:
        raise Refused(_("No decision has been signed yet, so there is none to tell members of."))
    if briefing and briefing.state == Briefing.State.READY and not is_chair:
        raise Refused(_("The briefing is with the chair. Take it back to change it."))
    if briefing and briefing.written_by_id == by.pk and _is_same(briefing, fields):
        return briefing
    if briefing and briefing.version != version:
        raise Stale(briefing)
    if briefing is None and version:
        raise Refused(_("This briefing has been issued since you opened it."))
    briefing = briefing or Briefing(review=review, number=review.briefings.count() + 1, version=0)
    for name in WRITTEN:
        setattr(briefing, name, fields[name])
    briefing.decision = decision
    if is_chair:
        briefing.state, briefing.return_reasons = Briefing.State.READY, ""
    briefing.written_by, briefing.written_at = by, clock.now()
    _save(briefing, audit.Event.BRIEFING_DRAFTED, by)
    return briefing


def _is_same(briefing: Briefing, fields: dict[str, Any]) -> bool:
    """A second click; but on another decision the same words tell something else."""
    standing = queries.signed_decision(briefing.review)
    return briefing.decision == standing and all(
        getattr(briefing, name) == fields[name] for name in WRITTEN
    )


def _save(briefing: Briefing, kind: audit.Event, by: Any) -> None:
    briefing.version += 1
    briefing.save()
    audit.record(kind=kind, by=by, target=briefing, changes={"number": briefing.number})


def _locked(briefing: Briefing) -> tuple[Review, Briefing]:
    review = Review.objects.locked(briefing.review_id)
    found = queries.in_work(review)
    if found is None or found.pk != briefing.pk:
        raise Refused(_("This briefing has been issued already."))
    return review, found


@transaction.atomic
def put_to_chair(*, briefing: Briefing, by: Any) -> None:
    """Raises Refused with everything that is still missing."""
    review, briefing = _locked(briefing)
    require(by, Permission.EDIT, review)
    if briefing.state != Briefing.State.DRAFT:
        raise Refused(_("The briefing is with the chair already."))
    if missing := rules.missing(briefing):
        raise Refused(missing)
    briefing.state, briefing.return_reasons = Briefing.State.READY, ""
    _save(briefing, audit.Event.BRIEFING_READY, by)
    notify(
        to=people_with(review, Permission.SIGN),
        kind=Kind.BRIEFING_TO_ISSUE,
        key=f"briefing:{briefing.pk}:{briefing.version}",
        link=_room(review),
        review=review,
    )


@transaction.atomic
def take_back(*, briefing: Briefing, by: Any) -> None:
    """Raises Refused where it is not with the chair."""
    review, briefing = _locked(briefing)
    require(by, Permission.EDIT, review)
    _to_draft(briefing, "")
    _save(briefing, audit.Event.BRIEFING_TAKEN_BACK, by)


@transaction.atomic
def give_back(*, briefing: Briefing, by: Any, reasons: str) -> None:
    """The chair returns it, and the business unit is told."""
    review, briefing = _locked(briefing)
    require(by, Permission.SIGN, review)
    if not reasons.strip():
        raise Refused(_("Say what should be changed."))
    _to_draft(briefing, reasons)
    _save(briefing, audit.Event.BRIEFING_RETURNED, by)
    notify(
        to=[person for person in people_with(review, Permission.EDIT) if person.pk != by.pk],
        kind=Kind.BRIEFING_RETURNED,
        key=f"briefing-returned:{briefing.pk}:{briefing.version}",
        link=_room(review),
        review=review,
    )


def _to_draft(briefing: Briefing, reasons: str) -> None:
    if briefing.state != Briefing.State.READY:
        raise Refused(_("The briefing is not with the chair."))
    briefing.state, briefing.return_reasons = Briefing.State.DRAFT, reasons


def _room(review: Review) -> str:
    return f"{review.get_absolute_url()}briefings"


@transaction.atomic
def issue(*, briefing: Briefing, version: int, by: Any) -> Briefing:
    """Every member of today is told, and chased until they say that they have read it.

    The chair may have written it: what is told, and how much, is the chair's choice. ``version``
    is the one that the chair has read. Raises Refused where it, or the decision, has changed since.
    """
    review, briefing = _locked(briefing)
    require(by, Permission.SIGN, review)
    if briefing.state != Briefing.State.READY or briefing.version != version:
        raise Refused(_("The briefing has changed since you opened this page. Read it again."))
    if against := against_issuing(briefing):
        raise Refused(against)
    members = queries.members_of(review)
    kept = json.dumps(rules.words(briefing), ensure_ascii=False)
    briefing.state, briefing.issued_text = Briefing.State.ISSUED, kept
    briefing.issued_by, briefing.issued_at = by, clock.now()
    briefing.version += 1
    briefing.save()
    for member in members:
        _tell(briefing, member)
    audit.record(
        kind=audit.Event.BRIEFING_ISSUED,
        by=by,
        target=briefing,
        changes={"number": briefing.number, "members": len(members)},
    )
    return briefing


def against_issuing(briefing: Briefing) -> list[Reason]:
    found = rules.missing(briefing)
    standing = queries.signed_decision(briefing.review)
    if standing is None or briefing.decision_id != standing.pk:
        anew = _("Another version of the decision was signed since. Save the briefing on that one.")
        found.append(Reason(anew, f"{_room(briefing.review)}/edit"))
    if not queries.members_of(briefing.review):
        found.append(Reason(_("The board has no member who would receive it.")))
    return found


def _tell(briefing: Any, member: Any) -> None:
    receipt = Receipt.objects.create(
        review=briefing.review,
        briefing=briefing,
        user=member,
        asked_by=briefing.issued_by,
        asked_at=briefing.issued_at,
        due_on=briefing.read_by,
    )
    asking.begin(receipt)
