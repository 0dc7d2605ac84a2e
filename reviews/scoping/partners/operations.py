"""``review.partner_boards`` is what other rooms ask; it follows the open partnerships."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from reviews.scoping.partners.models import Partnership
from reviews.scoping.partners.queries import open_partnerships
from scr_portal.accounts.access import require
from scr_portal.accounts.models import Board
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.APPOINT, review)
    return review


@transaction.atomic
def add_partner(
    *, review: Review, partner: Board | None, name: str, by: Any, **agreed: Any
) -> Partnership:
    """Raises Refused for this board itself, and for one that takes part already."""
    review = _locked(review.pk, by)
    name = partner.name if partner else name.strip()
    if not name:
        raise Refused(_("Say which board takes part."))
    if name.casefold() == review.board.name.casefold():
        raise Refused(_("This review is the board's own: choose another board."))
    if any(row.name.casefold() == name.casefold() for row in open_partnerships(review)):
        raise Refused(_("%(board)s takes part already.") % {"board": name})
    made = Partnership.objects.create(
        review=review, partner=partner, name=name, by=by, at=clock.now(), **agreed
    )
    if partner:
        review.partner_boards.add(partner)
    audit.record(kind=audit.Event.PARTNER_ADDED, by=by, target=made)
    return made


@transaction.atomic
def change_partner(
    *, partnership: Partnership, version: int, by: Any, **agreed: Any
) -> Partnership:
    """What was agreed, with whom, from when. Raises Stale where ``version`` is not present."""
    review = _locked(partnership.review_id, by)
    partnership = review.partnerships.get(pk=partnership.pk)
    if partnership.ends and agreed.get("starts", partnership.starts) > partnership.ends:
        raise Refused(_("It can't begin after it has ended."))
    if changed := change(partnership, version, agreed):
        audit.record(
            kind=audit.Event.PARTNER_CHANGED, by=by, target=partnership, changes={"fields": changed}
        )
    return partnership


@transaction.atomic
def end_partner(*, partnership: Partnership, ends: date, by: Any) -> None:
    """The board is named as a partner no more; who was appointed stays so until that is ended."""
    review = _locked(partnership.review_id, by)
    partnership = review.partnerships.get(pk=partnership.pk)
    if partnership.ends:
        raise Refused(_("This has ended already."))
    if not partnership.starts <= ends <= clock.today():
        raise Refused(_("The last day must be on or after the first, and today at the latest."))
    change(partnership, partnership.version, {"ends": ends})
    if partnership.partner_id:
        review.partner_boards.remove(partnership.partner_id)
    audit.record(kind=audit.Event.PARTNER_ENDED, by=by, target=partnership)
