from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.permissions import Permission
from reviews.planning.parallel.models import ParallelProcess
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def _locked(pk: Any, by: Any) -> Review:
    review = Review.objects.locked(pk)
    require(by, Permission.KEEP_PLAN, review)
    return review


def _record(kind: audit.Event, by: Any, row: ParallelProcess, changes: Any = None) -> None:
    """With the kind for a label: the name is text of the case."""
    audit.record(kind=kind, by=by, target=row, label=row.get_kind_display(), changes=changes)


def _refuse_days(began_on: date | None, ended_on: date | None) -> None:
    if began_on and ended_on and ended_on < began_on:
        raise Refused(_("It must end on or after the day it began."))


@transaction.atomic
def add_process(*, review: Review, by: Any, **fields: Any) -> ParallelProcess:
    """Raises Refused where one of that kind and name is open already."""
    review = _locked(review.pk, by)
    _refuse_days(fields.get("began_on"), fields.get("ended_on"))
    same = review.parallelprocesss.filter(
        kind=fields["kind"], name__iexact=fields["name"], ended_on__isnull=True
    )
    if same.exists():
        raise Refused(_("A process of this kind and name is in the register already."))
    made = ParallelProcess.objects.create(review=review, by=by, at=clock.now(), **fields)
    _record(audit.Event.PARALLEL_ADDED, by, made)
    return made


@transaction.atomic
def change_process(
    *, process: ParallelProcess, version: int, by: Any, **fields: Any
) -> ParallelProcess:
    """Raises Stale where ``version`` is not the present one."""
    review = _locked(process.review_id, by)
    process = review.parallelprocesss.get(pk=process.pk)
    _refuse_days(fields.get("began_on"), process.ended_on)
    if changed := change(process, version, fields):
        _record(audit.Event.PARALLEL_CHANGED, by, process, {"fields": changed})
    return process


@transaction.atomic
def end_process(*, process: ParallelProcess, ended_on: date, by: Any) -> None:
    """Raises Refused where it has ended, and for a day before it began or after today."""
    review = _locked(process.review_id, by)
    process = review.parallelprocesss.get(pk=process.pk)
    if process.ended_on:
        raise Refused(_("This has ended already."))
    _refuse_days(process.began_on, ended_on)
    if ended_on > clock.today():
        raise Refused(_("The day it ended can't lie in the future."))
    change(process, process.version, {"ended_on": ended_on})
    _record(audit.Event.PARALLEL_ENDED, by, process)
