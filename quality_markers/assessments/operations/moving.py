"""A pass is withdrawn, reopened, or goes on as a copy: in a newer wording, or after its signature.

What was written stays where it was written. A copy holds every answer with a link to the one that
it was, and so to the wording of the question that it was given to.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from quality_markers.assessments import queries
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.copying import carry_work_over, copy
from quality_markers.assessments.operations.passes import (
    locked,
    next_number,
    refuse_a_second,
    require_open,
)
from quality_markers.assessments.queries.moving import mapped, newer_version
from reviews.case.models import Review
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Reason, Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

S = Pass.State


@transaction.atomic
def withdraw(*, assessment: Pass, reason: str, by: Any) -> Pass:
    """Nobody works on it any more; what was written can be read. Raises Refused without a reason.

    One that is with the chair is taken back first, and one that is signed stands.
    """
    assessment = _held(assessment, by)
    _refuse_to_withdraw(assessment)
    if not reason.strip():
        raise Refused(_("Say why the self-assessment is withdrawn."))
    _withdraw(assessment, reason, by)
    audit.record(kind=audit.Event.PASS_GIVEN_UP, by=by, target=assessment)
    _tell(assessment, Kind.PASS_GIVEN_UP, by)
    return assessment


def _held(assessment: Pass, by: Any) -> Pass:
    """The pass, and then the review, because a copy takes its next number.

    In this order: who writes in a pass holds it and then touches the review.
    """
    assessment = locked(assessment)
    assessment.review = Review.objects.locked(assessment.review_id)
    require(by, Permission.ANSWER_MARKERS, assessment.review)
    require_open(assessment.review)
    return assessment


def _refuse_to_withdraw(assessment: Pass) -> None:
    if assessment.state == S.WITHDRAWN:
        raise Refused(_("The self-assessment has been withdrawn already."))
    if assessment.state == S.ACCEPTED:
        raise Refused(_("The self-assessment is signed. It stands."))
    if not assessment.is_editable:
        raise Refused(_("The self-assessment is with the chair. Take it back first."))


def _withdraw(assessment: Pass, reason: str, by: Any) -> None:
    assessment.state = S.WITHDRAWN
    assessment.withdrawn_by, assessment.withdrawn_at = by, clock.now()
    assessment.withdrawn_reason = reason
    assessment.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])


@transaction.atomic
def reopen(*, assessment: Pass, reason: str, by: Any) -> Pass:
    """The pass itself where it was withdrawn; a copy of one that is signed, which stands.

    Raises Refused while it goes on elsewhere, so that two clicks open one.
    """
    assessment = _held(assessment, by)
    if assessment.state not in {S.WITHDRAWN, S.ACCEPTED}:
        raise Refused(_("The self-assessment is open already."))
    if not reason.strip():
        raise Refused(_("Say why the self-assessment is taken up again."))
    _refuse_beside_a_copy(assessment)
    refuse_a_second(assessment.review, assessment.purpose, list(assessment.markers.all()))
    if assessment.state == S.WITHDRAWN:
        opened = _open_again(assessment, reason)
    else:
        whole = mapped(assessment, assessment.catalogue)
        opened = copy(assessment, whole, reason, by)
    audit.record(kind=audit.Event.PASS_REOPENED, by=by, target=opened)
    _tell(opened, Kind.PASS_REOPENED, by)
    return opened


def _refuse_beside_a_copy(assessment: Pass) -> None:
    copies = assessment.copies.exclude(state__in=[S.WITHDRAWN, S.ACCEPTED])
    for one in copies:
        text = _("It goes on as self-assessment %(number)s.") % {"number": one.number}
        raise Refused([Reason(text, one.get_absolute_url(), _("Go to it"))])


def _open_again(assessment: Pass, reason: str) -> Pass:
    assessment.state = S.RETURNED if assessment.returned_at else S.OPEN
    assessment.copied_because = "\n".join([*_said_before(assessment), reason])
    assessment.withdrawn_by = assessment.withdrawn_at = None
    assessment.withdrawn_reason = ""
    assessment.save(
        update_fields=[
            "state",
            "withdrawn_by",
            "withdrawn_at",
            "withdrawn_reason",
            "copied_because",
        ]
    )
    return assessment


def _said_before(assessment: Pass) -> Iterator[str]:
    """Why it was begun, and why it was withdrawn: words of people, which stay."""
    if assessment.copied_because:
        yield assessment.copied_because
    yield _("Withdrawn on %(day)s: %(reason)s") % {
        "day": on_screen(localdate(assessment.withdrawn_at)),
        "reason": assessment.withdrawn_reason,
    }


@transaction.atomic
def move(*, assessment: Pass, version: int, words: str = "", by: Any) -> Pass:
    """Go on in the newer wording: a mapped copy, and the old pass withdrawn with the reason.

    ``version`` is the primary key of the one whose comparison the person has read. Raises Refused
    where that is no longer the one to move to, or nothing of the pass would be left.
    """
    assessment = _held(assessment, by)
    _refuse_to_withdraw(assessment)
    newer = newer_version(assessment)
    if newer is None or newer.pk != version:
        raise Refused(_("The catalogue has changed since you opened this page. Look again."))
    found = mapped(assessment, newer)
    number = next_number(assessment.review)
    reason = _("It goes on as self-assessment %(number)s, in the wording “%(title)s”.") % {
        "number": number,
        "title": newer.title,
    }
    reason = f"{reason} {words.strip()}".strip()
    opened = copy(assessment, found, reason, by)
    carry_work_over(assessment, opened, found)
    _withdraw(assessment, reason, by)
    audit.record(
        kind=audit.Event.PASS_MOVED, by=by, target=assessment, changes={"title": newer.title}
    )
    _tell(opened, Kind.PASS_MOVED, by)
    return opened


def _tell(assessment: Pass, kind: Kind, by: Any) -> None:
    notify(
        to=[person for person in queries.told_of(assessment) if person.pk != by.pk],
        kind=kind,
        key=f"{kind}:{assessment.pk}:{clock.now().isoformat()}",
        link=assessment.get_absolute_url(),
        review=assessment.review,
    )
