"""What helps somebody to take part: wanted, agreed, arranged, done (QM 12.3)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Support
from families.involvement.rules import support as rules
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_support(*, person: Person, kind: str, by: Any, **fields: Any) -> Support:
    """Raises Refused where it is wanted for the person already in the same language."""
    review = _locked(person.review_id, by)
    same = person.supports.filter(kind=kind, state__in=rules.STILL_OPEN)
    words = {name: fields.get(name, "") for name in ("language", "provider")}
    if any(row.detail == fields.get("detail", "") for row in same.filter(**words)):
        raise Refused(_("This support is on the list already."))
    made = Support.objects.create(
        review=review, person=person, kind=kind, by=by, at=clock.now(), **fields
    )
    audit.record(
        kind=audit.Event.FAMILY_SUPPORT_ADDED,
        by=by,
        target=made,
        label=str(person),
        changes={"kind": str(made.get_kind_display())},
    )
    return made


@transaction.atomic
def change_support(*, support: Support, version: int, by: Any, **fields: Any) -> Support:
    """Raises Stale, and Refused where an interpreter who is arranged would not do any more."""
    review = _locked(support.review_id, by)
    row = review.supports.select_related("person").get(pk=support.pk)
    said = {name: fields.get(name, getattr(row, name)) for name in _WEIGHED}
    if found := rules.problems(**said, state=row.state):
        raise Refused(found)
    days = {name: fields.get(name, getattr(row, name)) for name in rules.DAYS.values()}
    if not rules.days_in_order(days, clock.today()):
        raise Refused(_("It is agreed first, then arranged, then done, and none of it tomorrow."))
    if changed := change(row, version, fields):
        audit.record(
            kind=audit.Event.FAMILY_SUPPORT_CHANGED,
            by=by,
            target=row,
            label=str(row.person),
            changes={"kind": str(row.get_kind_display()), "fields": changed},
        )
    return row


@transaction.atomic
def move_support(*, support: Support, state: str, on: date, by: Any) -> Support:
    """Raises Refused for a step that does not follow, and for an interpreter nobody asked about."""
    review = _locked(support.review_id, by)
    row = review.supports.select_related("person").get(pk=support.pk)
    if state not in rules.MOVES[row.state]:
        words = _("This has moved on since you opened the page: it is recorded as “%(state)s”.")
        raise Refused(words % {"state": row.get_state_display()})
    weighed = {name: getattr(row, name) for name in _WEIGHED}
    if found := rules.problems(**weighed, state=state):
        raise Refused(found)
    days = {name: getattr(row, name) for name in rules.DAYS.values()}
    days |= _days(state, on)
    if not rules.days_in_order(days, clock.today()):
        raise Refused(_("It is agreed first, then arranged, then done, and none of it tomorrow."))
    change(row, row.version, days | {"state": state})
    audit.record(
        kind=audit.Event.FAMILY_SUPPORT_MOVED,
        by=by,
        target=row,
        label=str(row.person),
        changes={"kind": str(row.get_kind_display()), "state": str(row.get_state_display())},
    )
    return row


_WEIGHED = ("kind", "language", "not_a_relative")


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    return review


def _days(state: str, on: date) -> dict[str, Any]:
    """Wanted again, it begins anew."""
    if state == Support.State.WANTED:
        return dict.fromkeys(rules.DAYS.values())
    return {name: on for step, name in rules.DAYS.items() if step == state}
