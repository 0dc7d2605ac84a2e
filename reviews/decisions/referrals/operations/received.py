"""What board members and professionals outside send in, and how the unit settles it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.decisions.referrals import answers as sent
from reviews.decisions.referrals.models import ReceivedReferral, Referral
from reviews.decisions.referrals.operations.referring import refer
from reviews.decisions.referrals.queries.received import openers
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.guests import operations as guests
from scr_portal.guests.models import GuestLink, Letter
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

State = ReceivedReferral.State


@transaction.atomic
def send(*, board: Board, answers: Mapping[str, Any], token: str, by: Any) -> ReceivedReferral:
    """A board member's own referral. The same click twice finds what the first one sent."""
    require(by, Permission.REFER, board)
    try:
        with transaction.atomic():
            row = _keep(board, answers, token=_once(token, by), by=by)
    except IntegrityError:
        return ReceivedReferral.objects.get(token=_once(token, by))
    _tell_the_unit(row)
    return row


def find_sent(*, click: str, by: Any) -> ReceivedReferral | None:
    """What an earlier click of the same page sent."""
    return ReceivedReferral.objects.filter(token=_once(click, by)).first()


def _once(click: str, by: Any) -> str:
    return sha256(f"{by.pk}:{click}".encode()).hexdigest()


@transaction.atomic
def send_as_guest(*, link: GuestLink, answers: Mapping[str, Any]) -> ReceivedReferral:
    """Raises guests.LinkClosed where the link was used meanwhile: nothing is sent twice."""
    link = guests.use(link=link)
    row = _keep(link.board, answers, token=f"link:{link.pk}", link=link)
    guests.write(link=link, letter=Letter.ARRIVED, key=f"referral:{link.pk}:arrived")
    _tell_the_unit(row)
    return row


def _keep(board: Board, answers: Mapping[str, Any], **fields: Any) -> ReceivedReferral:
    return ReceivedReferral.objects.create(
        board=board, answers=json.dumps(answers), received_at=clock.now(), **fields
    )


def _tell_the_unit(row: ReceivedReferral) -> None:
    audit.record(kind=audit.Event.REFERRAL_RECEIVED, by=row.by, target=row)
    notify(
        to=openers(row.board),
        kind=Kind.REFERRAL_RECEIVED,
        key=f"referral-received:{row.pk}",
        link=reverse("reviews:received_referral", args=[row.board.slug, row.pk]),
        board=row.board,
    )


@transaction.atomic
def accept(
    *, received: ReceivedReferral, by: Any, case: dict[str, Any], referral: dict[str, Any]
) -> Review:
    """Open the review with all that was said. What was sent stays as it was.

    ``case`` has the pseudonym and the dates that the sender could not know, ``referral`` the agency
    and the reason of a delay. Raises Refused where it has been settled meanwhile.
    """
    row = _to_settle(received, by)
    told = sent.Answers.of(row)
    review = refer(
        board=row.board,
        by=by,
        case=told.case | case,
        child=told.child | {"pseudonym": case["pseudonym"]},
        referral=told.referral | referral | {"route": _route(row)},
        clauses=told.clauses,
        tags=told.tags,
    )
    _settle(row, State.ACCEPTED, by, review=review)
    audit.record(kind=audit.Event.REFERRAL_ACCEPTED, by=by, target=row, review=review)
    return review


def _route(row: ReceivedReferral) -> str:
    return Referral.Route.MEMBER if row.by_id else Referral.Route.OUTSIDE


@transaction.atomic
def same_as(*, received: ReceivedReferral, review: Review, by: Any) -> None:
    """It tells of an incident that has a review already, which it is kept with."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.EDIT, review)
    row = _to_settle(received, by)
    if review.board_id != row.board_id:
        raise Refused(_("That review is another board's."))
    _settle(row, State.SAME, by, review=review)
    audit.record(kind=audit.Event.REFERRAL_SAME, by=by, target=row, review=review)


@transaction.atomic
def decline(*, received: ReceivedReferral, reason: str, by: Any) -> None:
    row = _to_settle(received, by)
    if not reason.strip():
        raise Refused(_("Say why it is not taken further."))
    _settle(row, State.DECLINED, by, reason=reason)
    audit.record(kind=audit.Event.REFERRAL_DECLINED, by=by, target=row)


def _to_settle(received: ReceivedReferral, by: Any) -> ReceivedReferral:
    rows = ReceivedReferral.objects.select_for_update(of=("self",)).select_related("board", "link")
    row = rows.get(pk=received.pk)
    require(by, Permission.OPEN, row.board)
    if row.state != State.NEW:
        raise Refused(_("Somebody has settled this referral already."))
    return row


def _settle(row: ReceivedReferral, state: State, by: Any, **fields: Any) -> None:
    fields |= {"state": state, "settled_by": by, "settled_at": clock.now()}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    if row.link:
        guests.write(link=row.link, letter=Letter.ANSWERED, key=f"referral:{row.link_id}:answered")
    else:
        notify(
            to=[row.by],
            kind=Kind.REFERRAL_SETTLED,
            key=f"referral-settled:{row.pk}",
            link=reverse("reviews:sent_referral", args=[row.pk]),
            board=row.board,
        )


@transaction.atomic
def looked_at(*, received: ReceivedReferral, by: Any, downloaded: bool = False) -> None:
    kind = audit.Event.DOWNLOADED if downloaded else audit.Event.REFERRAL_READ
    audit.record(kind=kind, by=by, target=received, review=received.review)
