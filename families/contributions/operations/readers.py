"""Who may read a contribution: the review team, or people named one by one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.contributions.models import Contribution, Reader
from families.contributions.operations.access import locked, record
from reviews.case.operations.changing import change
from reviews.case.queries import people_with
from reviews.permissions import Permission
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify

Event = audit.Event


@transaction.atomic
def let_read(
    *, contribution: Contribution, version: int, visibility: str, readers: Iterable[Any], by: Any
) -> Contribution:
    """Who may read it, and whom to name besides those who are named. Raises Stale, Refused."""
    row = locked(contribution, by)
    readers = list(readers)
    changed = change(row, version, {"visibility": visibility})
    if changed:
        words = str(row.get_visibility_display())
        record(Event.FAMILY_CONTRIBUTION_OPENED, row, by, to=words, version=row.version)
    name_readers(row, readers, by)
    if changed and visibility == Contribution.Visibility.TEAM:
        tell_the_team(row, by)
    if not Contribution.objects.readable(by, row.review).filter(pk=row.pk).exists():
        raise Refused(_("You could not read it yourself any more: name yourself as a reader too."))
    return row


def name_readers(row: Contribution, people: Iterable[Any], by: Any) -> None:
    """Under the review's lock. Raises Refused for who may not see the review today."""
    people = list(people)
    named = set(row.readers.filter(ended_at__isnull=True).values_list("user", flat=True))
    named.add(row.author_id)
    allowed = {person.pk for person in people_with(row.review, Permission.VIEW)}
    for person in people:
        if person.pk not in allowed:
            raise Refused(_("%(who)s may not see this review.") % {"who": person})
        if person.pk not in named:
            _name(row, person, by)


def _name(row: Contribution, person: Any, by: Any) -> None:
    knew = Contribution.objects.readable(person, row.review).filter(pk=row.pk).exists()
    made = Reader.objects.create(
        review=row.review, contribution=row, user=person, by=by, at=clock.now()
    )
    record(Event.FAMILY_READER_NAMED, row, by, reader=str(person))
    if not knew and person.pk != by.pk:
        _tell([person], row, key=f"contribution-reader:{made.pk}")


def tell_the_team(row: Contribution, by: Any) -> None:
    """Those of the team for whom it was not there before."""
    had = {row.author_id, by.pk}
    had |= set(row.readers.filter(ended_at__isnull=True).values_list("user", flat=True))
    team = people_with(row.review, Permission.READ_CONTRIBUTIONS)
    new = [person for person in team if person.pk not in had]
    _tell(new, row, key=f"contribution-team:{row.pk}:{row.version}")


def _tell(people: list[Any], row: Contribution, *, key: str) -> None:
    notify(
        to=people,
        kind=Kind.CONTRIBUTION_OPENED,
        key=key,
        review=row.review,
        link=row.get_absolute_url(),
    )


@transaction.atomic
def end_reader(*, contribution: Contribution, reader: Reader, by: Any) -> None:
    """It is closed to them from the next page on. Raises Refused where it has ended already."""
    row = locked(contribution, by)
    found = row.readers.select_related("user").get(pk=reader.pk)
    if found.ended_at:
        raise Refused(_("%(who)s is named no more already.") % {"who": found.user})
    found.ended_at, found.ended_by = clock.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    record(Event.FAMILY_READER_ENDED, row, by, reader=str(found.user))
