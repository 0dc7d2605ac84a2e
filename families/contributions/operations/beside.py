"""Another account of the same is put beside a contribution; neither gives way (QM 12)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from families.contributions.models import Contradiction, Contribution
from families.contributions.operations.access import locked, record
from reviews.case.models import Review
from reviews.case.operations.changing import change
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

Event = audit.Event


@transaction.atomic
def put_beside(
    *,
    contribution: Contribution,
    about: str,
    by: Any,
    other: Contribution | None = None,
    source: str = "",
    account: str = "",
    remark: str = "",
) -> Contradiction:
    """One row for one pair and matter, however often. Raises Refused, PermissionDenied."""
    row = locked(contribution, by)
    _require_one_side(row, other, source, account)
    _require_readable(other, row.review, by)
    pair = Q(contribution=row, other=other, source=source)
    if other is not None:
        pair |= Q(contribution=other, other=row)
    if made := Contradiction.objects.filter(pair, about=about).first():
        return made
    made = Contradiction.objects.create(
        review=row.review,
        contribution=row,
        about=about,
        other=other,
        source=source,
        account=account,
        remark=remark,
        by=by,
        at=clock.now(),
    )
    _record(Event.FAMILY_ACCOUNT_ADDED, made, by)
    return made


def _require_one_side(row: Contribution, other: Any, source: str, account: str) -> None:
    """Raises Refused."""
    if bool(other) == bool(source.strip()):
        raise Refused(
            _("Choose what another family member said, or name an agency or record: one of them.")
        )
    if other is None and not account.strip():
        raise Refused(_("Write down what that agency or record says."))
    if other is not None and other.pk == row.pk:
        raise Refused(_("Choose another contribution than this one."))


def _require_readable(other: Contribution | None, review: Review, by: Any) -> None:
    if other and not Contribution.objects.readable(by, review).filter(pk=other.pk).exists():
        raise PermissionDenied


def _locked(contradiction: Contradiction, by: Any) -> Contradiction:
    """Both sides are such that ``by`` may read them."""
    row = locked(contradiction.contribution, by)
    found = row.contradictions.select_related("other").get(pk=contradiction.pk)
    found.review = row.review
    _require_readable(found.other, row.review, by)
    return found


@transaction.atomic
def change_beside(*, contradiction: Contradiction, version: int, by: Any, **said: Any) -> None:
    """What they differ in, what it may mean, and of an agency or record also what it says.

    Raises Stale where ``version`` is not the present one, and Refused.
    """
    row = _locked(contradiction, by)
    changed = change(row, version, said)
    _require_one_side(row.contribution, row.other, row.source, row.account)
    if changed:
        _record(Event.FAMILY_ACCOUNT_CHANGED, row, by)


@transaction.atomic
def take_away(*, contradiction: Contradiction, by: Any) -> None:
    """It was put beside by mistake; both accounts stay as they are.

    Raises Refused for an agency's or a record's, whose words stand nowhere else.
    """
    row = _locked(contradiction, by)
    if row.other is None:
        raise Refused(
            _("The words of an agency or record stay. If something is wrong, change them.")
        )
    _record(Event.FAMILY_ACCOUNT_REMOVED, row, by)
    row.delete()


def _record(kind: audit.Event, row: Contradiction, by: Any) -> None:
    """Of two contributions: whoever may not read both does not find it in a history."""
    both = [pk for pk in (row.contribution_id, row.other_id) if pk]
    record(kind, row.contribution, by, contributions=both)
