"""What was agreed is carried out, whoever is killed on the way.

Rows go in one transaction, with a list of the files that must follow; then the bytes, one by one,
each as often as it takes; then the certificate. A worker that dies leaves a lease that runs out,
and the next goes on where the rows and the list say.
"""

import logging
from typing import Any

import pgtrigger
from django.db import models, transaction
from django.utils.translation import gettext as _

from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.retention import certificate, holdings
from reviews.retention.holdings import REMOVED, Ending, Holding
from reviews.retention.models import Act, Disposal, DisposalFile
from reviews.retention.operations.ending import record
from reviews.retention.queries import standing_holds
from scr_portal.audit import operations as audit
from scr_portal.core import clock, outbox
from scr_portal.core.failures import without_words
from scr_portal.documents.models import StoredFile
from scr_portal.documents.storage import storage

LEASE_SECONDS = 600
AT_A_TIME = 5000
AT_WORK = (Disposal.State.AGREED, Disposal.State.ROWS_GONE)

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """A legal hold stands, a table is named by no room, or rows are hidden: nothing is done."""


def carry_out(*, pk: int) -> None:
    """Unless it is done or somebody is at it."""
    waiting = Disposal.objects.filter(state__in=AT_WORK)
    for disposal in waiting.claim(pk=pk, limit=1, seconds=LEASE_SECONDS):
        _tried(disposal)


def sweep(*, limit: int = 5) -> bool:
    """What no nudge has reached, what a hold has stopped, and what a dead worker has left.

    True when there may be more.
    """
    waiting = Disposal.objects.filter(state__in=AT_WORK)
    return waiting.carry_out(_tried, limit=limit, seconds=LEASE_SECONDS)


def _tried(disposal: Disposal) -> None:
    try:
        _rows(disposal)
        if disposal.state == Disposal.State.ROWS_GONE:
            _bytes(disposal)
            _certify(disposal)
    except outbox.DATABASE_AWAY:
        raise
    except Exception as error:
        logger.error("Certificate %s: %s", disposal.pk, without_words(error))
        Disposal.objects.fail(disposal, type(error).__name__)


@transaction.atomic
def _rows(disposal: Disposal) -> None:
    """All rows or none. Does nothing where they are gone already."""
    state = Disposal.objects.select_for_update().get(pk=disposal.pk).state
    disposal.state = state
    if state != Disposal.State.AGREED:
        return
    if not _is_still_due(disposal):
        return
    if missing := holdings.unnamed():
        raise Stopped(f"named by no room: {sorted(missing)}")
    found = _found(disposal)
    disposal.counts = _removed(disposal, found)
    disposal.state = Disposal.State.ROWS_GONE
    disposal.save(update_fields=["counts", "state"])


def _is_still_due(disposal: Disposal) -> bool:
    """Under its lock: a hold stops it, and what was reopened is given up."""
    if disposal.review_id:
        rows: Any = Review.objects.filter(pk=disposal.review_id)
        there = rows.select_for_update(of=("self",)).first()
        ready = there is not None and there.stage == Stage.CLOSED
    else:
        rows = ReceivedReferral.objects.filter(pk=disposal.received_id or 0)
        there = rows.select_for_update(of=("self",)).first()
        ready = there is not None and there.review_id is None
    holds = standing_holds()
    if disposal.review_id:
        holds = holds.filter(review=disposal.review_id)
    else:
        holds = holds.filter(received=disposal.received_id)
    if holds.exists():
        raise Stopped("a legal hold stands")
    if not ready:
        disposal.state = Disposal.State.REFUSED
        disposal.settled_reason = _("It was reopened before it was carried out.")
        disposal.save(update_fields=["state", "settled_reason"])
    return ready


def _found(disposal: Disposal) -> dict[str, list[Any]]:
    """The keys of all rows, before the first goes: some are found by way of others."""
    return {
        each.model._meta.label: list(
            each.rows(review=disposal.review_id, received=disposal.received_id)
            .order_by()
            .values_list("pk", flat=True)
            .distinct()
        )
        for each in holdings.holdings()
    }


def _removed(disposal: Disposal, found: dict[str, list[Any]]) -> dict[str, Any]:
    """What was done, by count of rows and kind of thing: nothing of the case."""
    _remember_files(disposal, found)
    gone, stripped = {}, {}
    named = holdings.by_name()
    is_whole = disposal.act == Act.DESTROY
    with pgtrigger.ignore(*_triggers()):
        for label, each in named.items():
            if not is_whole and each.ending is Ending.STRIP and found[label]:
                _strip(each, found[label])
                stripped[label] = len(found[label])
        going = {
            label: found[label]
            for label, each in named.items()
            if found[label] and (is_whole or each.ending is Ending.REMOVE)
        }
        for table, key, label in holdings.between(going):
            _delete(table, f"{key}__in", going[label])
        for label in holdings.children_first(going):
            gone[label] = _delete(named[label].model, "pk__in", going[label])
            if gone[label] != len(going[label]):
                raise Stopped("rows were not there to be removed")
    return {"removed": gone, "stripped": stripped, "files": disposal.files.count()}


def _triggers() -> list[str]:
    """What guards single rows against being changed or taken out; never the history's."""
    return [
        f"{each.model._meta.label}:{trigger.name}"
        for each in holdings.holdings()
        for trigger in getattr(each.model._meta, "triggers", [])
    ]


def _delete(table: type[models.Model], lookup: str, keys: list[Any]) -> int:
    gone = 0
    for start in range(0, len(keys), AT_A_TIME):
        rows = table._base_manager.filter(**{lookup: keys[start : start + AT_A_TIME]})
        gone += rows._raw_delete(rows.db)  # type: ignore[attr-defined]
    return gone


def _remember_files(disposal: Disposal, found: dict[str, list[Any]]) -> None:
    stored = StoredFile.objects.filter(pk__in=found[StoredFile._meta.label])
    DisposalFile.objects.bulk_create(
        [
            DisposalFile(disposal=disposal, name=name)
            for name in stored.values_list("name", flat=True)
        ],
        ignore_conflicts=True,
    )


def _strip(holding: Holding, keys: list[Any]) -> None:
    """Empty stays empty, so that what a table demands of its texts still holds."""
    rows = holding.model._base_manager.filter(pk__in=keys)
    for field in holding.stripped():
        if isinstance(field, models.JSONField):
            rows.update(**{field.name: field.get_default()})
        else:
            said = rows.exclude(**{field.name: ""}).exclude(**{f"{field.name}__isnull": True})
            said.update(**{field.name: REMOVED[: field.max_length]})
    if holding.sets:
        rows.update(**dict(holding.sets))
    for name in holding.numbered:
        for number, pk in enumerate(sorted(keys), start=1):
            called = f"{holding.model._meta.verbose_name} {number}".capitalize()
            holding.model._base_manager.filter(pk=pk).update(**{name: called})


def _bytes(disposal: Disposal) -> None:
    """A file that is gone already is as good as one that goes now."""
    for each in disposal.files.filter(gone_at__isnull=True):
        storage().delete(each.name)
        if storage().exists(each.name):
            raise OSError("a file would not go")
        each.gone_at = clock.now()
        each.save(update_fields=["gone_at"])


@transaction.atomic
def _certify(disposal: Disposal) -> None:
    """Once: whoever comes second finds it done."""
    kept = Disposal.objects.select_for_update(of=("self",)).select_related(
        "board", "proposed_by", "settled_by"
    )
    found = kept.get(pk=disposal.pk)
    if found.state != Disposal.State.ROWS_GONE:
        return
    found.certified_at = clock.now()
    found.certificate = certificate.content(found)
    found.sha256 = certificate.digest(found.certificate)
    found.state, found.done_at, found.lease_until = Disposal.State.DONE, clock.now(), None
    found.last_error = ""
    found.save()
    record(audit.Event.KEEPING_ENDED, None, found, number=found.number, sha256=found.sha256)
    disposal.state = found.state
