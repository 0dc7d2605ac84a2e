"""The chair returns what was put to them, or signs it (QM 2)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.operations.lifecycle import advance
from reviews.case.queries import people_with
from reviews.decisions.advice import queries as advice
from reviews.decisions.advice.operations import inputs
from reviews.decisions.decision import rules
from reviews.decisions.decision.models import Decision
from reviews.decisions.decision.operations.drafting import locked, to_draft
from reviews.permissions import Permission
from reviews.signatures.operations import sign
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


@transaction.atomic
def give_back(*, decision: Decision, by: Any, reasons: str) -> None:
    """The chair returns it with reasons, and those who wrote in it and still may are told."""
    review, decision = locked(decision)
    require(by, Permission.SIGN, review)
    if not reasons.strip():
        raise Refused(_("Say what should be changed."))
    to_draft(decision, reasons)
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


@transaction.atomic
def sign_decision(*, decision: Decision, version: int, by: Any, method: str) -> Decision:
    """The chair signs, the outcome is set, and the review moves to decided in one transaction.

    ``version`` is the draft's that the chair has read. Raises Refused where the chair wrote in it.
    """
    review, decision = locked(decision)
    require(by, Permission.SIGN, review)
    if decision.state != Decision.State.READY or decision.version != version:
        raise Refused(_("The draft has changed since you opened this page. Read it again."))
    if decision.writers.filter(pk=by.pk).exists():
        raise Refused(_("You have written in this decision, so somebody else must sign it."))
    if decision.recommendation != advice.latest_recommendation(review):
        raise Refused(
            _(
                "A recommendation was made after this was put to you. Return the decision, so "
                "that it takes account of it."
            )
        )
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
    inputs.end_all(review=review, about="decision", by=by, reason=_("The decision has been taken."))
    return decision
