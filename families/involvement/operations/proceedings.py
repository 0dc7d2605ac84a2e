"""What somebody is in proceedings, and what the investigating officer says of contact (QM 12)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from families.involvement.models import Consultation, Standing
from families.people.models import Person
from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_standing(*, person: Person, kind: str, part: str, by: Any, process: Any = None) -> Standing:
    """Raises Refused where the person has that part in proceedings of that kind already."""
    review = _locked(person.review_id, by, process)
    _refuse_twice(person, kind, part)
    made = Standing.objects.create(
        review=review, person=person, kind=kind, part=part, process=process, by=by, at=clock.now()
    )
    audit.record(kind=audit.Event.FAMILY_STANDING_ADDED, by=by, target=made, label=str(person))
    return made


@transaction.atomic
def change_standing(*, standing: Standing, version: int, by: Any, **fields: Any) -> Standing:
    """``process`` may be left out, and stays as it is. Raises Stale."""
    review = _locked(standing.review_id, by, fields.get("process"))
    row = review.standings.select_related("person").get(pk=standing.pk)
    ended_on = fields.get("ended_on", row.ended_on)
    if ended_on and ended_on > clock.today():
        raise Refused(_("The day it ended can't lie in the future."))
    if ended_on is None:
        _refuse_twice(
            row.person, fields.get("kind", row.kind), fields.get("part", row.part), besides=row
        )
    if changed := change(row, version, fields):
        audit.record(
            kind=audit.Event.FAMILY_STANDING_CHANGED,
            by=by,
            target=row,
            label=str(row.person),
            changes={"fields": changed},
        )
    return row


def _locked(pk: Any, by: Any, process: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_FAMILY, review)
    if process:
        require(by, Permission.READ_PLAN, review)
        review.parallelprocesss.get(pk=process.pk)
    return review


def _refuse_twice(person: Person, kind: str, part: str, besides: Standing | None = None) -> None:
    if kind not in Standing.Kind.values or part not in Standing.Part.values:
        raise Refused(_("Choose one of the answers in the lists."))
    same = person.standings.filter(kind=kind, part=part, ended_on__isnull=True)
    if any(row != besides for row in same):
        raise Refused(_("This part in proceedings is on the record already."))


@transaction.atomic
def consult(
    *,
    person: Person,
    officer: str,
    consulted_on: date,
    agreed: str,
    terms: str,
    token: str,
    by: Any,
    contact_from: date | None = None,
    not_to_discuss: str = "",
) -> Consultation:
    """Another line; the newest counts. Raises Refused for days and answers that can't be."""
    review = Review.objects.locked(person.review_id)
    require(by, Permission.KEEP_FAMILY, review)
    key = key_of(review, by, token)
    if made := Consultation.objects.filter(token=key).first():
        return made
    begins = contact_from if agreed == Consultation.Agreed.FROM else None
    if found := _problems(officer, consulted_on, agreed, terms, begins):
        raise Refused(found)
    made = Consultation.objects.create(
        review=review,
        person=person,
        officer=officer,
        consulted_on=consulted_on,
        agreed=agreed,
        contact_from=begins,
        terms=terms,
        not_to_discuss=not_to_discuss,
        by=by,
        at=clock.now(),
        token=key,
    )
    audit.record(kind=audit.Event.FAMILY_OFFICER_CONSULTED, by=by, target=made, label=str(person))
    return made


def _problems(
    officer: str, consulted_on: date, agreed: str, terms: str, begins: date | None
) -> list[str]:
    found = []
    if not officer.strip():
        found.append(_("Say which officer was consulted."))
    if consulted_on > clock.today():
        found.append(_("The day of the consultation can't lie in the future."))
    if agreed not in Consultation.Agreed.values:
        found.append(_("Choose what was agreed."))
    if agreed == Consultation.Agreed.FROM and begins is None:
        found.append(_("Give the day on which contact may begin."))
    if not terms.strip():
        found.append(_("Say in words what was agreed."))
    return found
