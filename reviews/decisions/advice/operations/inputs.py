"""Members are asked what they think, answer once, and are chased until they do (QM 2.9)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations import asking
from reviews.decisions.advice import queries, rules
from reviews.decisions.advice.models import InputRequest
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


@transaction.atomic
def ask(
    *,
    review: Review,
    about: str,
    people: Collection[Any],
    question: str,
    told: str,
    due_on: date,
    by: Any,
) -> list[InputRequest]:
    """Ask each of them; ``told`` is all of the case that they learn by it.

    Raises Refused where one of them may no longer be asked, or was and has not answered yet.
    """
    review = Review.objects.locked(review.pk)
    if not rules.may_ask(by, about, review):
        raise PermissionDenied
    if about == rules.About.DECISION and (reason := rules.against_advising(review)):
        raise Refused(reason)
    if due_on < clock.today():
        raise Refused(_("The day the answers are wanted by can't lie in the past."))
    free = {person.pk for person, _agency in queries.people_to_ask(review, about)}
    if not people or not {person.pk for person in people} <= free:
        raise Refused(
            _("Some of these people have been asked already, or may no longer be. Choose again.")
        )
    return [
        _ask_one(
            InputRequest(
                review=review,
                user=person,
                about=about,
                question=question,
                told=told,
                due_on=due_on,
                asked_by=by,
                asked_at=clock.now(),
            )
        )
        for person in people
    ]


def _ask_one(asked: InputRequest) -> InputRequest:
    asked.save()
    asking.begin(asked)
    audit.record(
        kind=audit.Event.INPUT_ASKED,
        by=asked.asked_by,
        target=asked,
        label=str(asked.user),
        changes={"about": str(asked.get_about_display())},
    )
    return asked


@transaction.atomic
def answer(*, asked: InputRequest, by: Any, answer: str, nothing_to_add: bool) -> None:
    """Raises Refused where it is answered or given up already, and where nothing is said."""
    review = Review.objects.locked(asked.review_id)
    require(by, Permission.GIVE_INPUT, review)
    row = InputRequest.objects.get(pk=asked.pk)
    if row.user_id != by.pk:
        raise PermissionDenied
    if not row.is_waiting:
        raise Refused(_("You have answered this already, or nobody waits for it any more."))
    if not answer.strip() and not nothing_to_add:
        raise Refused(_("Write your answer, or say that you have nothing to add."))
    row.answer = "" if nothing_to_add else answer
    row.nothing_to_add, row.answered_at, row.chase_on = nothing_to_add, clock.now(), None
    row.version += 1
    row.save()
    audit.record(
        kind=audit.Event.INPUT_GIVEN,
        by=by,
        target=row,
        changes={"about": str(row.get_about_display())},
    )
    notify(
        to=[row.asked_by] if rules.may_ask(row.asked_by, row.about, review) else [],
        kind=Kind.INPUT_GIVEN,
        key=f"input:{row.pk}",
        link=reverse(rules.PAGES[row.about], args=[review.pk]),
        review=review,
    )


@transaction.atomic
def give_up(*, asked: InputRequest, by: Any, reason: str) -> None:
    """Raises Refused without a reason, and where nobody waits for it."""
    asking.give_up(asked=asked, by=by, reason=reason)
    _record_end(asked, by)


def end_all(*, review: Review, about: str, by: Any, reason: str) -> None:
    """What was asked about is settled, so nobody is chased for it any more.

    The caller holds the lock on the review and has asked who may.
    """
    for asked in InputRequest.objects.filter(review=review, about=about).waiting():
        asked.ended_at, asked.ended_by, asked.ended_reason = clock.now(), by, reason
        asked.chase_on = None
        asked.save()
        _record_end(asked, by)


def _record_end(asked: InputRequest, by: Any) -> None:
    audit.record(kind=audit.Event.INPUT_GIVEN_UP, by=by, target=asked, label=str(asked.user))
