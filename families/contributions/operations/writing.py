"""What somebody said is written down, and put right; every earlier text is kept (QM 12.6)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from families.contributions.models import Contribution, ContributionText
from families.contributions.operations.access import locked, record
from families.contributions.operations.readers import name_readers, tell_the_team
from families.contributions.rules import state_of
from families.involvement.models import Contact
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

Event = audit.Event


@transaction.atomic
def write_down(
    *, review: Review, by: Any, token: str, readers: Iterable[Any] = (), **said: Any
) -> Contribution:
    """One for one click. Raises Refused for what can't be, and for readers who may not be named."""
    review = Review.objects.locked(review.pk)
    require(by, Permission.KEEP_CONTRIBUTIONS, review)
    require(by, Permission.SEE_FAMILY, review)
    key = key_of(review, by, token)
    if made := Contribution.objects.filter(token=key).first():
        return made
    made = Contribution(review=review, author=by, at=clock.now(), token=key, **said)
    _require_possible(made)
    made.save()
    record(Event.FAMILY_CONTRIBUTION_WRITTEN, made, by)
    name_readers(made, readers, by)
    if made.visibility == Contribution.Visibility.TEAM:
        tell_the_team(made, by)
    return made


def _require_possible(row: Contribution) -> None:
    """Raises Refused."""
    if row.person.review_id != row.review_id:
        raise Refused(_("Choose somebody of the family register of this review."))
    if row.said_on > clock.today():
        raise Refused(_("It can't have been said in the future."))
    if row.period_from and row.period_to and row.period_to < row.period_from:
        raise Refused(_("The time that it speaks of can't end before it begins."))
    if not row.text.strip():
        raise Refused(_("Write down what they said."))
    if row.contact:
        _require_at(row, row.contact)


def _require_at(row: Contribution, contact: Contact) -> None:
    if contact.review_id != row.review_id or contact.state != Contact.State.MADE:
        raise Refused(_("Choose a contact of this review that has taken place."))
    if not contact.people.filter(pk=row.person_id).exists():
        raise Refused(_("%(person)s was not at that contact.") % {"person": row.person})


@transaction.atomic
def rewrite(*, contribution: Contribution, version: int, by: Any, **said: Any) -> Contribution:
    """Raises Stale where ``version`` is not the present one, and Refused.

    Whoever made it has not seen a text that we have changed, so it waits for their check again.
    """
    row = locked(contribution, by)
    before = row.text
    if "person" in said and said["person"] != row.person and row.checks.exists():
        raise Refused(_("It has been shown to %(person)s already.") % {"person": row.person})
    if not (changed := change(row, version, said)):
        return row
    _require_possible(row)
    if row.text != before:
        keep_text(row, before, by, at=clock.now())
        settle(row)
    record(Event.FAMILY_CONTRIBUTION_CHANGED, row, by, fields=changed, version=row.version)
    return row


def keep_text(row: Contribution, text: str, by: Any, *, at: Any) -> None:
    number = 1 + (row.texts.aggregate(last=Max("number"))["last"] or 0)
    ContributionText.objects.create(
        review=row.review, contribution=row, number=number, text=text, by=by, at=at
    )


def settle(row: Contribution) -> None:
    """The check's state follows from its lines."""
    row.check_state = state_of(row.checks.all(), row.texts.all())
    row.save(update_fields=["check_state"])
