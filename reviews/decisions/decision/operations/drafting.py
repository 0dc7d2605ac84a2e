"""The business unit writes a version of the decision and puts it to the chair (QM 2)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.decisions.advice import queries as advice
from reviews.decisions.decision import rules
from reviews.decisions.decision.models import Decision, Factor, FactorNote
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

# By factor: its bearing and the note. An empty bearing takes the factor back.
Weighed = Mapping[str, tuple[str, str]]


def _in_work(review: Review) -> Decision | None:
    return review.decisions.exclude(state=Decision.State.SIGNED).first()


def against_drafting(review: Review) -> str:
    """Why nothing can be drafted at this stage; empty where it can."""
    if review.stage == Stage.CONSIDERING:
        return ""
    return _("A decision is drafted while the review is being considered.")


@transaction.atomic
def draft(
    *, review: Review, version: int, by: Any, factors: Weighed | None = None, **fields: Any
) -> Decision:
    """Write the version in work, or begin the next one. Everybody who writes may not sign.

    The next one begins as a copy of the last. ``version`` is the draft's as it was read, 0 where
    there was none. Raises Refused at a stage that decides nothing, while the draft is with the
    chair, and where it has changed since.
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
        decision = next_version(review)
        factors = carried(review) | dict(factors or {})
    for name in rules.DECIDE:
        if name in fields:
            setattr(decision, name, fields[name])
    decision.written_by, decision.written_at = by, clock.now()
    decision.version += 1
    decision.save()
    decision.writers.add(by)
    _weigh(decision, factors or {})
    audit.record(
        kind=audit.Event.DECISION_DRAFTED,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )
    return decision


def next_version(review: Review) -> Decision:
    """Not stored yet: with the words of the last one, but for what is new."""
    last = review.decisions.order_by("number").last()
    words = {name: getattr(last, name) for name in rules.CARRIED} if last else {}
    number = last.number + 1 if last else 1
    return Decision(review=review, number=number, version=0, **words)


def carried(review: Review) -> dict[str, tuple[str, str]]:
    last = review.decisions.order_by("number").last()
    return {row.factor: (row.bearing, row.note) for row in last.weighed} if last else {}


def _weigh(decision: Decision, factors: Weighed) -> None:
    for factor, (bearing, note) in factors.items():
        if not bearing:
            decision.factors.filter(factor=Factor(factor)).delete()
            continue
        FactorNote.objects.update_or_create(
            decision=decision,
            factor=Factor(factor),
            defaults={"review": decision.review, "bearing": bearing, "note": note},
        )


def locked(decision: Decision) -> tuple[Review, Decision]:
    review = Review.objects.locked(decision.review_id)
    return review, review.decisions.get(pk=decision.pk)


@transaction.atomic
def put_to_chair(*, decision: Decision, by: Any) -> None:
    """Raises Refused with everything that is still missing (QM 2.5, 2.7)."""
    review, decision = locked(decision)
    require(by, Permission.EDIT, review)
    if decision.state != Decision.State.DRAFT:
        raise Refused(_("This version is no longer a draft."))
    if missing := rules.missing(decision, review):
        raise Refused(missing)
    decision.recommendation = advice.latest_recommendation(review)
    decision.state, decision.return_reasons = Decision.State.READY, ""
    decision.version += 1
    decision.save(update_fields=["recommendation", "state", "return_reasons", "version"])
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
    review, decision = locked(decision)
    require(by, Permission.EDIT, review)
    to_draft(decision, "")
    audit.record(
        kind=audit.Event.DECISION_TAKEN_BACK,
        by=by,
        target=decision,
        changes={"version": decision.number},
    )


def to_draft(decision: Decision, reasons: str) -> None:
    if decision.state != Decision.State.READY:
        raise Refused(_("This version is not with the chair."))
    decision.state, decision.return_reasons = Decision.State.DRAFT, reasons
    decision.version += 1
    decision.save(update_fields=["state", "return_reasons", "version"])
