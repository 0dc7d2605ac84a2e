"""Agencies are asked what they know, and to keep what they have (QM 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations import asking
from reviews.decisions.returns import queries, rules
from reviews.decisions.returns.models import AgencyReturn, PreservationNotice
from reviews.decisions.returns.operations.form import questions_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Agency
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests.models import Purpose

Row = AgencyReturn | PreservationNotice


@dataclass(frozen=True)
class Addressee:
    """Who speaks for an agency: somebody with an account, or a name and an address."""

    agency: Agency
    user: Any = None
    name: str = ""
    email: str = ""


@transaction.atomic
def ask_returns(
    *, review: Review, to: Sequence[Addressee], due_on: date, by: Any
) -> list[AgencyReturn]:
    """Ask each by the board's form of today.

    Raises Refused as a whole: where one of them still owes an answer, may not be asked, or the day
    has passed, and where the form is empty.
    """
    review = _checked(review, AgencyReturn, to, due_on, by)
    questions = [rules.asked_as(question) for question in questions_of(review.board)]
    if not questions:
        raise Refused(_("The board's form has no questions. Add some first."))
    rows = [
        AgencyReturn(review=review, agency=one.agency, questions=questions, due_on=due_on)
        for one in to
    ]
    for row, one in zip(rows, to, strict=True):
        _begin(row, one, Purpose.RETURN, by)
        audit.record(kind=audit.Event.RETURN_ASKED, by=by, target=row, label=str(one.agency))
    return rows


@transaction.atomic
def send_notices(
    *, review: Review, to: Sequence[Addressee], due_on: date, text: str, by: Any
) -> list[PreservationNotice]:
    """Raises Refused as ``ask_returns`` does, and without a text."""
    review = _checked(review, PreservationNotice, to, due_on, by)
    if not text.strip():
        raise Refused(_("Say what is to be kept."))
    rows = [
        PreservationNotice(review=review, agency=one.agency, text=text, due_on=due_on) for one in to
    ]
    for row, one in zip(rows, to, strict=True):
        _begin(row, one, Purpose.PRESERVATION, by)
        audit.record(kind=audit.Event.PRESERVATION_SENT, by=by, target=row, label=str(one.agency))
    return rows


def _checked(
    review: Review, model: type[Row], to: Sequence[Addressee], due_on: date, by: Any
) -> Review:
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    if reason := rules.against_asking(review):
        raise Refused(reason)
    if not to:
        raise Refused(_("Choose at least one agency."))
    if due_on < clock.today():
        raise Refused(_("The day it is wanted by can't lie in the past."))
    waiting = set(model.objects.filter(review=review).waiting().values_list("agency", flat=True))
    speakers = queries.speakers(review)
    seen: set[int] = set()
    reasons = []
    for one in to:
        if one.agency.pk in waiting | seen:
            reasons.append(_("%(agency)s has been asked already.") % {"agency": one.agency})
        elif reason := _against(review, one, speakers):
            reasons.append(reason)
        seen.add(one.agency.pk)
    if reasons:
        raise Refused(reasons)
    return review


def _against(review: Review, one: Addressee, speakers: dict[int, list[Any]]) -> str:
    said = {"agency": one.agency, "name": one.user or one.name}
    if one.agency.board_id != review.board_id:
        return _("%(agency)s is no agency of this board.") % said
    if one.user and one.user not in speakers.get(one.agency.pk, []):
        return _("%(name)s can't answer for %(agency)s on this review.") % said
    if not one.user and not (one.name.strip() and one.email.strip()):
        return _("Give a name and an email address for %(agency)s.") % said
    return ""


def _begin(row: Row, one: Addressee, purpose: Purpose, by: Any) -> None:
    row.asked_by, row.asked_at, row.user = by, clock.now(), one.user
    if not one.user:
        row.link = guests.make(
            purpose=purpose,
            board=row.review.board,
            email=one.email,
            name=one.name,
            by=by,
            review=row.review,
            lasts=asking.link_lasts(row.due_on),
        )
    row.save()
    asking.begin(row)


@transaction.atomic
def move_due(*, asked: Row, by: Any, due_on: date) -> None:
    if asking.move_due(asked=asked, by=by, due_on=due_on):
        audit.record(
            kind=audit.Event.ASKING_MOVED, by=by, target=asked, changes={"due": due_on.isoformat()}
        )


@transaction.atomic
def send_again(*, asked: Row, by: Any, after: int) -> None:
    asking.send_again(asked=asked, by=by, after=after)
    audit.record(kind=audit.Event.ASKING_SENT_AGAIN, by=by, target=asked)


@transaction.atomic
def withdraw(*, asked: Row, by: Any, reason: str) -> None:
    """It is not wanted any more; a link opens nothing from now on."""
    of_return = isinstance(asked, AgencyReturn)
    fields = {"state": AgencyReturn.State.WITHDRAWN} if of_return else {}
    asking.give_up(asked=asked, by=by, reason=reason, **fields)
    audit.record(kind=audit.Event.ASKING_WITHDRAWN, by=by, target=asked)


@transaction.atomic
def give_up_return(*, asked: AgencyReturn, by: Any, reason: str) -> None:
    """The agency has not answered, and nobody waits for it any longer."""
    state = AgencyReturn.State.NOT_RETURNED
    asking.give_up(asked=asked, by=by, reason=reason, state=state)
    audit.record(kind=audit.Event.RETURN_GIVEN_UP, by=by, target=asked, label=str(asked.agency))
