from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.operations.lifecycle import advance
from reviews.case.queries import people_with
from reviews.decisions.decision import rules
from reviews.decisions.decision.models import Decision
from reviews.permissions import Permission
from reviews.signatures.operations import sign
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

DECIDE = [
    "outcome",
    "criteria_met",
    "nature",
    "rationale",
    "delay_reason",
    "changed",
]


def _in_work(review: Review) -> Decision | None:
    return review.decisions.exclude(state=Decision.State.SIGNED).first()


def against_drafting(review: Review) -> str:
    """Why nothing can be drafted at this stage; empty where it can."""
    if review.stage == Stage.CONSIDERING:
        return ""
    return _("A decision is drafted while the review is being considered.")


@transaction.atomic
def draft(*, review: Review, version: int, by: Any, **fields: Any) -> Decision:
    """Write the version in work, or begin the next one. Everybody who writes may not sign.

    ``version`` is the draft's as it was read, 0 where there was none. Raises Refused at a stage
    that decides nothing, while the draft is with the chair, and where it has changed since.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    if reason := against_drafting(review):
        raise Refused(reason)
    decision = _in_work(review)
    if decision and decision.state == Decision.State.READY:
        raise Refused(_("The draft is with the chair. Take it back to change it."))
    if (decision.version if decision else 0) != version:
        raise Refused(_("Somebody else has changed the draft since you opened it."))
    if decision is None:
        decision = Decision(review=review, number=review.decisions.count() + 1, version=0)
    for name in DECIDE:
        if name in fields:
            setattr(decision, name, fields[name])
    decision.written_by, decision.written_at = by, clock.now()
    decision.version += 1
    decision.save()
    decision.writers.add(by)
    audit.record(
        kind=audit.Event.DECISION_DRAFTED,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )
    return decision


def _locked(decision: Decision) -> tuple[Review, Decision]:
    review = Review.objects.locked(decision.review_id)
    return review, review.decisions.get(pk=decision.pk)


@transaction.atomic
def put_to_chair(*, decision: Decision, by: Any) -> None:
    """Raises Refused with everything that is still missing (QM 2.5, 2.7)."""
    review, decision = _locked(decision)
    require(by, Permission.EDIT, review)
    if decision.state != Decision.State.DRAFT:
        raise Refused(_("This version is no longer a draft."))
    if missing := rules.missing(decision, review):
        raise Refused(missing)
    decision.state, decision.return_reasons = Decision.State.READY, ""
    decision.version += 1
    decision.save(update_fields=["state", "return_reasons", "version"])
    audit.record(
        kind=audit.Event.DECISION_READY,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )
    notify(
        to=people_with(review, Permission.SIGN),
        kind=Kind.DECISION_TO_SIGN,
        key=f"decision:{decision.pk}:{decision.version}",
        link=f"{review.get_absolute_url()}decision",
        review=review,
    )


@transaction.atomic
def take_back(*, decision: Decision, by: Any) -> None:
    """The unit takes its draft back from the chair. Raises Refused where it is not there."""
    review, decision = _locked(decision)
    require(by, Permission.EDIT, review)
    _to_draft(decision, "")
    audit.record(
        kind=audit.Event.DECISION_TAKEN_BACK,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )


@transaction.atomic
def give_back(*, decision: Decision, by: Any, reasons: str) -> None:
    """The chair returns it with reasons, and those who wrote in it and still may are told."""
    review, decision = _locked(decision)
    require(by, Permission.SIGN, review)
    if not reasons.strip():
        raise Refused(_("Say what should be changed."))
    _to_draft(decision, reasons)
    audit.record(
        kind=audit.Event.DECISION_RETURNED,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )
    writers = set(decision.writers.values_list("pk", flat=True))
    notify(
        to=[person for person in people_with(review, Permission.EDIT) if person.pk in writers],
        kind=Kind.DECISION_RETURNED,
        key=f"decision-returned:{decision.pk}:{decision.version}",
        link=f"{review.get_absolute_url()}decision",
        review=review,
    )


def _to_draft(decision: Decision, reasons: str) -> None:
    if decision.state != Decision.State.READY:
        raise Refused(_("This version is not with the chair."))
    decision.state, decision.return_reasons = Decision.State.DRAFT, reasons
    decision.version += 1
    decision.save(update_fields=["state", "return_reasons", "version"])


@transaction.atomic
def sign_decision(*, decision: Decision, version: int, by: Any, method: str) -> Decision:
    """The chair signs, the outcome is set, and the review moves to decided in one transaction.

    ``version`` is the draft's that the chair has read. Raises Refused where the chair wrote in it.
    """
    review, decision = _locked(decision)
    require(by, Permission.SIGN, review)
    if decision.state != Decision.State.READY or decision.version != version:
        raise Refused(_("The draft has changed since you opened this page. Read it again."))
    if decision.writers.filter(pk=by.pk).exists():
        raise Refused(_("You have written in this decision, so somebody else must sign it."))
    signature = sign(
        review=review,
        target=decision,
        title=str(decision),
        statement=rules.statement(decision),
        content=rules.content(decision, review),
        by=by,
        method=method,
        permission=Permission.READ_DECISIONS,
    )
    decision.signature, decision.state = signature, Decision.State.SIGNED
    decision.save(update_fields=["signature", "state"])
    review.outcome, review.decided_on = decision.outcome, clock.today()
    review.save(update_fields=["outcome", "decided_on"])
    audit.record(
        kind=audit.Event.DECISION_SIGNED,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )
    advance(review=review, to=Stage.DECIDED, by=by)
    return decision
