"""On one review: who declared to be independent, and who is engaged."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from reviews.scoping.reviewers import queries, rules
from reviews.scoping.reviewers.models import Engagement, IndependenceDeclaration, Reviewer
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused

TIES = ("employed", "managed", "related")


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.EDIT, review)
    return review


def _of_board(review: Review, reviewer: Reviewer) -> Reviewer:
    """The entry as it stands now. Raises Refused for one of another board's register."""
    found = Reviewer.objects.filter(pk=reviewer.pk, board=review.board_id).first()
    if found is None:
        raise Refused(_("Choose a reviewer of this board's register."))
    return found


@transaction.atomic
def declare(
    *, review: Review, reviewer: Reviewer, token: str, by: Any, **said: Any
) -> IndependenceDeclaration:
    """Put on record what a reviewer declared. The same token twice is one declaration."""
    review = _locked(review.pk, by)
    if same := review.independencedeclarations.filter(token=token).first():
        return same
    reviewer = _of_board(review, reviewer)
    _refuse_half_said(review, said)
    made = IndependenceDeclaration.objects.create(
        review=review, reviewer=reviewer, token=token, by=by, at=clock.now(), **said
    )
    audit.record(
        kind=audit.Event.INDEPENDENCE_DECLARED,
        by=by,
        target=made,
        label=str(reviewer),
        changes={"answer": rules.answer(made)},
    )
    return made


def _refuse_half_said(review: Review, said: dict[str, Any]) -> None:
    if any(said[tie] for tie in TIES) and not said.get("details", "").strip():
        raise Refused(_("Describe what ties the reviewer to the case or its agencies."))
    if said["declared_on"] > clock.today():
        raise Refused(_("The day of the declaration can't lie in the future."))
    agency = said.get("agency")
    if agency and (agency.board_id != review.board_id or not said["employed"]):
        raise Refused(_("Choose an agency of this board, where the reviewer is employed by it."))


@transaction.atomic
def engage(*, review: Review, reviewer: Reviewer, by: Any, **agreed: Any) -> Engagement:
    """Raises Refused without an independent declaration, and where the days overlap."""
    review = _locked(review.pk, by)
    reviewer = _of_board(review, reviewer)
    newest = queries.newest_of(review, reviewer)
    declare_url = f"{reverse('reviews:declare', args=[review.pk])}?reviewer={reviewer.pk}"
    if against := rules.against_engaging(reviewer, newest, declare_url):
        raise Refused(against)
    _refuse_days(review, reviewer, agreed["starts"], agreed.get("ends"))
    made = Engagement.objects.create(
        review=review, reviewer=reviewer, by=by, at=clock.now(), **agreed
    )
    audit.record(
        kind=audit.Event.ENGAGED,
        by=by,
        target=made,
        label=str(reviewer),
        changes={"part": made.part},
    )
    return made


def _refuse_days(
    review: Review, reviewer: Reviewer, starts: date, ends: date | None, but: int = 0
) -> None:
    """One engagement at a time, so that a second click engages nobody twice."""
    if ends and ends < starts:
        raise Refused(_("The contract must end on or after the day it starts."))
    others = review.engagements.filter(
        Q(ends__isnull=True) | Q(ends__gte=starts), reviewer=reviewer, ended_reason=""
    ).exclude(pk=but)
    if ends:
        others = others.filter(starts__lte=ends)
    if same := others.first():
        raise Refused(
            _("%(who)s is engaged on this review already, from %(day)s.")
            % {"who": reviewer, "day": on_screen(same.starts)}
        )


def _engagement(engagement: Engagement, by: Any) -> tuple[Review, Engagement]:
    review = _locked(engagement.review_id, by)
    return review, review.engagements.select_related("reviewer").get(pk=engagement.pk)


@transaction.atomic
def change_engagement(
    *, engagement: Engagement, version: int, by: Any, **agreed: Any
) -> Engagement:
    """Raises Stale where ``version`` is not the present one.

    Raises Refused where it would last longer for who is by now not independent.
    """
    review, engagement = _engagement(engagement, by)
    if engagement.ended_reason:
        raise Refused(_("This engagement has ended already."))
    newest = queries.newest_of(review, engagement.reviewer)
    if newest and not newest.is_independent and _lasts_longer(engagement, **agreed):
        raise Refused(rules.not_independent(newest, whole=True))
    _refuse_days(
        review, engagement.reviewer, agreed["starts"], agreed.get("ends"), but=engagement.pk
    )
    if changed := change(engagement, version, agreed):
        audit.record(
            kind=audit.Event.ENGAGEMENT_CHANGED,
            by=by,
            target=engagement,
            label=str(engagement.reviewer),
            changes={"fields": changed},
        )
    return engagement


def _lasts_longer(engagement: Engagement, *, starts: date, ends: date | None, **more: Any) -> bool:
    later = engagement.ends is not None and (ends is None or ends > engagement.ends)
    return later or starts < engagement.starts


@transaction.atomic
def end_engagement(*, engagement: Engagement, ended_reason: str, by: Any) -> None:
    """Today is its last day, or the day it was to begin. Raises Refused where it has ended."""
    _review, engagement = _engagement(engagement, by)
    today = clock.today()
    if engagement.ended_reason or (engagement.ends and engagement.ends < today):
        raise Refused(_("This engagement has ended already."))
    if not ended_reason.strip():
        raise Refused(_("Say why it ends."))
    ends = max(today, engagement.starts)
    change(engagement, engagement.version, {"ends": ends, "ended_reason": ended_reason})
    audit.record(
        kind=audit.Event.ENGAGEMENT_ENDED,
        by=by,
        target=engagement,
        label=str(engagement.reviewer),
    )
