"""The route of the report from draft to signature."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.scoping.governance.models import AssuranceStep
from reviews.scoping.governance.operations import locked
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def add_step(*, review: Review, by: Any, **step: Any) -> AssuranceStep:
    """At the end. Raises Refused where the same step stands there already."""
    review = locked(review.pk, by)
    rows = review.assurancesteps
    if rows.filter(what__iexact=step["what"], who__iexact=step["who"]).exists():
        raise Refused(_("The route has this step already. Say in its name what is different."))
    last = rows.last()
    made = AssuranceStep.objects.create(
        review=review,
        position=last.position + 1 if last else 1,
        planned_at=clock.now() if step.get("planned_on") else None,
        **step,
    )
    audit.record(kind=audit.Event.ASSURANCE_ADDED, by=by, target=made)
    return made


@transaction.atomic
def change_step(*, step: AssuranceStep, version: int, by: Any, **fields: Any) -> AssuranceStep:
    """Raises Stale where ``version`` is not the present one."""
    review = locked(step.review_id, by)
    step = review.assurancesteps.get(pk=step.pk)
    if changed := change(step, version, fields):
        if step.planned_on and not step.planned_at:
            step.planned_at = clock.now()
            step.save(update_fields=["planned_at"])
        audit.record(
            kind=audit.Event.ASSURANCE_CHANGED, by=by, target=step, changes={"fields": changed}
        )
    return step


@transaction.atomic
def move_step(*, review: Review, pk: int, place: int, up: bool, by: Any) -> None:
    """One place up or down from ``place``, where its mover saw it: a second click finds it gone.

    Raises Refused where the route has changed since.
    """
    review = locked(review.pk, by)
    steps = list(review.assurancesteps.all())
    here = next((n for n, step in enumerate(steps) if step.pk == pk), None)
    if here is None or steps[here].position != place:
        raise Refused(_("The route has changed since you opened this page. See how it stands."))
    there = here - 1 if up else here + 1
    if not 0 <= there < len(steps):
        return
    moved = steps[here]
    steps[here], steps[there] = steps[there], moved
    _number(steps)
    audit.record(kind=audit.Event.ASSURANCE_MOVED, by=by, target=moved)


def _number(steps: list[AssuranceStep]) -> None:
    for position, step in enumerate(steps, start=1):
        step.position = position
    AssuranceStep.objects.bulk_update(steps, ["position"])


@transaction.atomic
def remove_step(*, review: Review, pk: int, by: Any) -> None:
    """What is gone already is left at that. Raises Refused for a step that was taken."""
    review = locked(review.pk, by)
    step = review.assurancesteps.filter(pk=pk).first()
    if step is None:
        return
    if step.done_on:
        raise Refused(_("A step that was done stays on the record."))
    audit.record(kind=audit.Event.ASSURANCE_REMOVED, by=by, target=step)
    step.delete()
