"""How challenge is raised, independence kept and an impasse handled, and impasses themselves."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.operations.changing import change
from reviews.case.operations.record import Stale
from reviews.scoping.governance.models import Governance, Impasse
from reviews.scoping.governance.operations import locked
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


@transaction.atomic
def write_texts(*, review: Review, version: int, by: Any, **texts: str) -> Governance:
    """``version`` is 0 for the first. Raises Stale where somebody saved in the meantime."""
    review = locked(review.pk, by)
    found = Governance.objects.filter(review=review).first()
    if found is None and not any(texts.values()):
        raise Refused(_("Write at least one of the texts."))
    if found is None:
        found = Governance.objects.create(review=review, changed_by=by, version=0)
    elif version == 0:
        raise Stale(found)
    if changed := change(found, version, texts):
        found.changed_by, found.changed_at = by, clock.now()
        found.save(update_fields=["changed_by", "changed_at"])
        audit.record(
            kind=audit.Event.GOVERNANCE_CHANGED, by=by, target=found, changes={"fields": changed}
        )
    return found


def _label() -> str:
    return str(Impasse._meta.verbose_name)


def _refuse_days(said: dict[str, Any]) -> None:
    arose, settled = said["arose_on"], said.get("settled_on")
    if max(arose, settled or arose) > clock.today():
        raise Refused(_("A day of an impasse can't lie in the future."))
    if settled and settled < arose:
        raise Refused(_("It must be settled on or after the day it arose."))
    if bool(settled) != bool(said.get("outcome")):
        raise Refused(_("Say what came of it and on which day, or neither as long as it is open."))


@transaction.atomic
def record_impasse(*, review: Review, by: Any, **said: Any) -> Impasse:
    """The same again, as by a double click, is the same impasse. It is never deleted."""
    review = locked(review.pk, by)
    _refuse_days(said)
    if same := review.impasses.filter(by=by, **said).first():
        return same
    made = Impasse.objects.create(review=review, by=by, at=clock.now(), **said)
    audit.record(kind=audit.Event.IMPASSE_RECORDED, by=by, target=made, label=_label())
    return made


@transaction.atomic
def change_impasse(*, impasse: Impasse, version: int, by: Any, **said: Any) -> Impasse:
    """Raises Stale where ``version`` is not the present one."""
    review = locked(impasse.review_id, by)
    impasse = review.impasses.get(pk=impasse.pk)
    _refuse_days(said)
    if changed := change(impasse, version, said):
        audit.record(
            kind=audit.Event.IMPASSE_CHANGED,
            by=by,
            target=impasse,
            label=_label(),
            changes={"fields": changed},
        )
    return impasse
