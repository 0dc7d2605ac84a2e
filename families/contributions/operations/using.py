"""What became of a contribution: where it went or why it did not, and that they were told."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.contributions.models import Contribution, Use
from families.contributions.operations.access import locked, record
from families.contributions.rules import Where
from reviews.case.operations.changing import change
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

Event = audit.Event
WITH_A_PLACE = frozenset({Where.FINDING, Where.SECTION})


@transaction.atomic
def record_use(*, contribution: Contribution, by: Any, **said: Any) -> Use:
    """The same a second time is the first. Raises Refused for what can't be."""
    row = locked(contribution, by)
    made = Use(review=row.review, contribution=row, by=by, at=clock.now(), **said)
    others = list(row.uses.all())
    for each in others:
        if all(getattr(each, name) == value for name, value in said.items()):
            return each
    _require_possible(made, others)
    made.save()
    words = str(made.get_where_display())
    record(Event.FAMILY_USE_RECORDED, row, by, where=words)
    return made


@transaction.atomic
def change_use(*, use: Use, version: int, by: Any, **said: Any) -> Use:
    """Raises Stale where ``version`` is not the present one, and Refused."""
    row = locked(use.contribution, by)
    found = row.uses.get(pk=use.pk)
    found.contribution, found.review = row, row.review
    if changed := change(found, version, said):
        _require_possible(found, list(row.uses.exclude(pk=found.pk)))
        record(Event.FAMILY_USE_CHANGED, row, by, fields=changed)
    return found


def _require_possible(use: Use, others: list[Use]) -> None:
    """Raises Refused."""
    if not use.reason.strip():
        raise Refused(_("Say how it was used, or why it was not."))
    if use.where in WITH_A_PLACE and not use.place.strip():
        raise Refused(_("Say which finding or section, so that it can be found."))
    if use.person_told_on and use.person_told_on > clock.today():
        raise Refused(_("They can't have been told in the future."))
    no = Where.NOT_USED
    if any((each.where == no) != (use.where == no) for each in others):
        raise Refused(
            _("It can't be both used and not used: change the line that is on the record.")
        )
