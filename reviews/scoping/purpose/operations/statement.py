"""The statement of purpose: written, agreed by the chair, and then the next version."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.record import Stale
from reviews.case.queries import people_with
from reviews.permissions import Permission
from reviews.scoping.purpose import queries, rules
from reviews.scoping.purpose.models import PurposeStatement
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

WRITTEN = ("text", "complications", "no_complications")


@transaction.atomic
def write(
    *,
    review: Review,
    version: int,
    by: Any,
    text: str,
    complications: str,
    no_complications: bool,
) -> PurposeStatement:
    """Write the version in work, or begin the next one. Everybody who writes may not agree to it.

    ``version`` is the one in work's as it was read, 0 where there was none. Raises Stale.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.WRITE_SCOPE, review)
    said = {
        "text": _one_line_end(text),
        "complications": _one_line_end(complications),
        "no_complications": no_complications,
    }
    found = queries.in_work(review)
    if found and found.written_by_id == by.pk and _is_same(found, said):
        return found
    if found and found.version != version:
        raise Stale(found)
    if found is None and version:
        raise Refused(_("The chair has agreed to this version since you opened it."))
    if complications.strip() and no_complications:
        raise Refused(_("You have written what complicates it, so do not tick that nothing does."))
    found = found or PurposeStatement(review=review, number=_next(review), version=0)
    for name, value in said.items():
        setattr(found, name, value)
    found.written_by, found.written_at = by, clock.now()
    found.version += 1
    found.save()
    found.writers.add(by)
    _record(audit.Event.PURPOSE_DRAFTED, found, by)
    if not rules.missing(found):
        _tell_the_chair(found, by)
    return found


def _one_line_end(text: str) -> str:
    """A browser sends its own line ends, which would make every line of the next version new."""
    return text.replace("\r\n", "\n")


def _is_same(statement: PurposeStatement, said: dict[str, Any]) -> bool:
    return all(getattr(statement, name) == value for name, value in said.items())


def _next(review: Review) -> int:
    return PurposeStatement.objects.filter(review=review).count() + 1


def _tell_the_chair(statement: PurposeStatement, by: Any) -> None:
    """Once for each version, when first there is something to agree to."""
    review = statement.review
    notify(
        to=[person for person in people_with(review, Permission.SIGN) if person.pk != by.pk],
        kind=Kind.PURPOSE_TO_AGREE,
        key=f"purpose:{statement.pk}",
        link=f"{review.get_absolute_url()}purpose",
        review=review,
    )


@transaction.atomic
def agree(*, statement: PurposeStatement, version: int, by: Any) -> PurposeStatement:
    """From now on people are told of this version. ``version`` is the one the chair has read.

    Raises Refused where it has changed since, is incomplete, or the chair wrote in it.
    """
    review = Review.objects.locked(statement.review_id)
    require(by, Permission.SIGN, review)
    found = queries.in_work(review)
    if found is None or found.pk != statement.pk or found.version != version:
        raise Refused(_("The statement has changed since you opened this page. Read it again."))
    if found.writers.filter(pk=by.pk).exists():
        raise Refused(_("You have written in this statement, so somebody else must agree to it."))
    if missing := rules.missing(found):
        raise Refused(missing)
    found.agreed_by, found.agreed_at = by, clock.now()
    found.save(update_fields=["agreed_by", "agreed_at"])
    _record(audit.Event.PURPOSE_AGREED, found, by)
    return found


def _record(kind: audit.Event, statement: PurposeStatement, by: Any) -> None:
    audit.record(kind=kind, by=by, target=statement, changes={"number": statement.number})
