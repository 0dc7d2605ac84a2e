"""Who has been told of the purpose, and who is not told yet with the reason (QM 5.1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from reviews.scoping.purpose import queries, rules
from reviews.scoping.purpose.models import Group, PurposeStatement, Telling, TellingWaiver
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.dates import on_screen
from scr_portal.core.reasons import Refused


@transaction.atomic
def tell(
    *,
    review: Review,
    groups: Mapping[str, str],
    told_on: date,
    how: str,
    told_by: str,
    note: str,
    by: Any,
    token: str,
) -> list[Telling]:
    """A line for each group that was told on one occasion; ``groups`` says who exactly of each.

    One set of lines for one token, however often it comes. Raises Refused without an agreed
    statement, without a group, and for a day that can't be.
    """
    review = Review.objects.locked(review.pk)
    require(by, Permission.WRITE_SCOPE, review)
    statement = _told_of(review, told_on)
    if not groups:
        raise Refused(_("Choose who was told."))
    if told_on > clock.today():
        raise Refused(_("The day on which they were told can't lie in the future."))
    if told_on < review.incident_on:
        raise Refused(
            _("Nobody was told before the incident, %(day)s.")
            % {"day": on_screen(review.incident_on)}
        )
    said = {"told_on": told_on, "how": how, "told_by": told_by, "note": note}
    return [_line(statement, Group(group), who, by, token, said) for group, who in groups.items()]


def _told_of(review: Review, told_on: date) -> PurposeStatement:
    """The version that held on that day; of what was agreed later the first, if none did."""
    agreed = list(queries.statements(review).filter(agreed_at__isnull=False))
    if not agreed:
        raise Refused(
            _("The chair has not agreed to a statement of purpose, so nobody can be told of it.")
        )
    held = [row for row in agreed if rules.agreed_on(row) <= told_on]
    return held[0] if held else agreed[-1]


def _line(
    statement: PurposeStatement,
    group: Group,
    who: str,
    by: Any,
    token: str,
    said: dict[str, Any],
) -> Telling:
    key = key_of(statement.review, by, token, group)
    if made := Telling.objects.filter(token=key).first():
        return made
    made = Telling.objects.create(
        review=statement.review,
        statement=statement,
        group=group,
        who=who,
        by=by,
        at=clock.now(),
        token=key,
        **said,
    )
    audit.record(
        kind=audit.Event.TELLING_RECORDED,
        by=by,
        target=made,
        label=str(group.label),
        changes={"on": said["told_on"].isoformat()},
    )
    return made


@transaction.atomic
def strike(*, telling: Telling, by: Any, reason: str) -> None:
    """The line stays and is read with the reason. Raises Refused where it is struck already."""
    review = Review.objects.locked(telling.review_id)
    require(by, Permission.WRITE_SCOPE, review)
    row = Telling.objects.get(pk=telling.pk)
    if row.struck_at:
        raise Refused(_("This line has been struck out already."))
    if not reason.strip():
        raise Refused(_("Say why the line is struck out."))
    row.struck_at, row.struck_by, row.struck_reason = clock.now(), by, reason
    row.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    _record(audit.Event.TELLING_STRUCK, row, by)


@transaction.atomic
def waive(*, review: Review, group: str, reason: str, by: Any) -> TellingWaiver:
    """The work may begin without this group being told. Raises Refused where it is waived."""
    review = _for_those_who_may(review.pk, by)
    if group not in Group.values:
        raise Refused(_("Choose one of the groups in the list."))
    if not reason.strip():
        raise Refused(_("Say why they are not told yet."))
    if queries.waivers(review).filter(group=group, ended_at__isnull=True).exists():
        raise Refused(_("It is on the record already why this group is not told yet."))
    made = TellingWaiver.objects.create(
        review=review, group=group, reason=reason, by=by, at=clock.now()
    )
    _record(audit.Event.TELLING_WAIVED, made, by)
    return made


@transaction.atomic
def end_waiver(*, waiver: TellingWaiver, by: Any) -> None:
    """Raises Refused where it has ended already."""
    _for_those_who_may(waiver.review_id, by)
    row = TellingWaiver.objects.get(pk=waiver.pk)
    if row.ended_at:
        raise Refused(_("This has ended already."))
    row.ended_at, row.ended_by = clock.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    _record(audit.Event.TELLING_WAIVER_ENDED, row, by)


def _for_those_who_may(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    if not any(by.has_perm(p, review) for p in (Permission.EDIT, Permission.WRITE_SCOPE)):
        raise PermissionDenied
    return review


def _record(kind: audit.Event, row: Telling | TellingWaiver, by: Any) -> None:
    audit.record(kind=kind, by=by, target=row, label=str(row.get_group_display()))
