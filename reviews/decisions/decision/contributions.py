"""What this room tells the rooms below it."""

import json
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.case.evidence import Evidence
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.case.steps import How, Step
from reviews.decisions.decision import queries, rules
from reviews.decisions.decision.models import (
    Decision,
    Factor,
    FactorNote,
    NationalNotification,
)
from reviews.decisions.decision.queries import tellings
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    """A review is decided by a decision signed since it was last taken into consideration."""
    if move.target != Stage.DECIDED:
        return []
    signed = review.decisions.filter(
        state=Decision.State.SIGNED, signature__at__gte=review.stage_since
    )
    if signed.exists():
        return []
    return [
        Reason(
            _("No decision has been signed."),
            reverse("reviews:decision", args=[review.pk]),
            _("Go to the decision"),
        )
    ]


def worklist(user: Any) -> list[Need]:
    return [*_to_sign(user), *_to_write(user)]


def _to_sign(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.SIGN)
    rows = Decision.objects.filter(review__in=reviews, state=Decision.State.READY)
    return [
        Need(
            text=_("Read and sign the decision"),
            url=reverse("reviews:decision", args=[row.review_id]),
            review=row.review,
            since=row.written_at,
        )
        for row in rows.exclude(writers=user).select_related("review")
    ]


def _to_write(user: Any) -> list[Need]:
    reviews = Review.objects.visible_to(user, Permission.EDIT).filter(stage=Stage.CONSIDERING)
    return [
        Need(
            text=_("Draft the decision for the chair"),
            url=reverse("reviews:decision", args=[review.pk]),
            review=review,
            since=review.stage_since,
        )
        for review in reviews.exclude(decisions__state=Decision.State.READY)
    ]


def rooms(review: Review, user: Any) -> list[dict[str, str]]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return [
        {
            "part": Part.DECISION,
            "label": _("Decision"),
            "name": "reviews:decision",
            "url": reverse("reviews:decision", args=[review.pk]),
        },
    ]


def document_targets(kind: str, pk: str, review: Review, user: Any) -> list[NationalNotification]:
    """The copy that is kept belongs to the notification."""
    if kind != NationalNotification._meta.label_lower or not pk.isdecimal():
        return []
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return list(queries.notifications_of(review).filter(pk=pk))


def evidence(review: Review, user: Any, marker: int) -> list[Evidence]:
    """Of what this person may read: of drafts, nothing to who does not write or sign."""
    if marker != 2 or not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    versions = list(queries.versions_for(user, review))
    if not versions:
        nothing, url = _("No record of a decision"), reverse("reviews:decision", args=[review.pk])
        return [
            Evidence(question, nothing, url, contradicts=True) for question in ("2.5", "2.7", "2.8")
        ]
    limit = rules.limit_of(review)
    return [each for row in reversed(versions) for each in _of_version(row, review, limit)]


def _of_version(row: Decision, review: Review, limit: date | None) -> list[Evidence]:
    url = reverse("reviews:decision", args=[row.review_id])
    on = timezone.localdate(row.signature.at if row.signature else row.written_at)
    said = {"number": row.number, "state": row.get_state_display()}
    found = []
    if row.signature:
        found.append(_days_taken(row, review, limit, on))
    if row.delay_reason:
        text = _("Version %(number)s of the decision explains why it took longer than the limit")
        found.append(Evidence("2.5", text % said, url, on))
    if row.criteria_met is not None:
        text = _("Version %(number)s of the decision (%(state)s) says whether the criteria are met")
        found.append(Evidence("2.7", text % said, url, on))
    local = {Factor.LEARNING, Factor.EARLIER} & {each.factor for each in row.weighed}
    if row.nature or local:
        text = _("Version %(number)s weighs what is learned already against what is outstanding")
        found.append(Evidence("2.8", text % said, url, on))
    return found


def _days_taken(row: Decision, review: Review, limit: date | None, on: date) -> Evidence:
    """From the notification, as most timetables count it, or else from the referral (QM 2.5)."""
    said = {
        "number": row.number,
        "days": (on - (review.notified_on or review.referred_on)).days,
    }
    words = _("Version %(number)s of the decision was signed %(days)s days after the referral")
    if review.notified_on:
        words = _("Version %(number)s of the decision was signed %(days)s days after notification")
    text = words % said
    if limit:
        text = _("%(fact)s; the limit was %(limit)s") % {"fact": text, "limit": on_screen(limit)}
    over = limit is not None and on > limit and not row.delay_reason
    url = reverse("reviews:decision", args=[row.review_id])
    return Evidence("2.5", text, url, on, contradicts=over)


def signed(signature: Signature) -> list[dict[str, Any]]:
    """The content of a signed decision as it stands now."""
    if signature.target_type != Decision._meta.label_lower:
        return []
    decision = Decision.objects.select_related("review__board").get(pk=signature.target_id)
    said = json.loads(signature.content)
    names = {said.get("written_by_account"): said["written_by"]}
    now = rules.content(decision, decision.review, names)
    # What a decision did not hold when it was signed is no change of it as long as it is empty.
    return [{name: value for name, value in now.items() if value or name in said}]


def signed_words(target_type: str) -> list[dict[str, Any]]:
    if target_type != Decision._meta.label_lower:
        return []
    return [
        {
            "outcome": dict(Review.Outcome.choices),
            "factor": dict(Factor.choices),
            "bearing": dict(FactorNote.Bearing.choices),
        }
    ]


def steps(review: Review, user: Any) -> list[Step]:
    if not user.has_perm(Permission.READ_DECISIONS, review):
        return []
    return [_decided(review), *_told(review)]


def _decided(review: Review) -> Step:
    label, url = _("The chair's decision"), reverse("reviews:decision", args=[review.pk])
    states = set(review.decisions.values_list("state", flat=True))
    if review.stage == Stage.REFERRED:
        return Step(label, url, How.LATER, _("Begin to consider the referral first."))
    if Decision.State.READY in states:
        return Step(label, url, How.BEGUN, _("It waits for the chair's signature."))
    if review.stage == Stage.CONSIDERING:
        return Step(label, url, How.BEGUN if Decision.State.DRAFT in states else How.TO_DO)
    return Step(label, url, How.DONE, review.get_outcome_display() if review.outcome else "")


def _told(review: Review) -> list[Step]:
    """Only where the timetable asks for it by now."""
    stand = tellings(review)
    left = [body for each in stand for body in each.left]
    if not stand:
        return []
    hint = _("Not told yet: %(who)s") % {"who": ", ".join(dict.fromkeys(left))} if left else ""
    begun = any(each.told for each in stand)
    return [
        Step(
            _("National bodies told"),
            reverse("reviews:national", args=[review.pk]),
            (How.BEGUN if begun else How.TO_DO) if left else How.DONE,
            hint,
        )
    ]
