"""What a returned file says is taken or left, answer by answer, and brought back again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import locked, require_editable
from quality_markers.assessments.rules import texts_of, token
from quality_markers.packs import queries
from quality_markers.packs.models import ReturnedAnswer, ReturnedPack
from quality_markers.packs.queries import Slot
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

S = ReturnedAnswer.State


def take(*, row: ReturnedAnswer, slot: Slot, seen: str, by: Any) -> None:
    """Write what the file says over what the person had in front of them, which ``seen`` is of.

    Raises Conflict where somebody has changed it since: nothing is written then.
    """
    with transaction.atomic():
        row = _locked(row, by)
        if row.state == S.WAITING:
            _take(row, slot, seen, by)
            settle(row.returned)
            _record(audit.Event.PACK_TAKEN, row.returned, by, 1)


def take_all(*, returned: ReturnedPack, by: Any) -> int:
    """Whatever nothing stands against; the number of answers. The rest waits as before."""
    taken = 0
    with transaction.atomic():
        assessment = locked(returned.pack.assessment)
        require_editable(assessment)
        for line in queries.lines(by, returned, queries.slots_of(by, assessment)):
            if not line.is_waiting or any(said.is_clash for said in line.said):
                continue
            _take(line.row, line.slot, line.token, by)
            taken += 1
        settle(returned)
        if taken:
            _record(audit.Event.PACK_TAKEN, returned, by, taken)
    return taken


def leave(*, row: ReturnedAnswer, by: Any) -> None:
    """What stands here stays."""
    with transaction.atomic():
        row = _locked(row, by)
        if row.state == S.WAITING:
            _put(row, S.LEFT, by)
            settle(row.returned)


def undo(*, row: ReturnedAnswer, slot: Slot, by: Any) -> None:
    """Back to where it was before it was taken or left. Raises Refused where it changed since."""
    with transaction.atomic():
        row = _locked(row, by)
        if row.state == S.TAKEN:
            _bring_back(row, slot, by)
            _record(audit.Event.PACK_UNDONE, row.returned, by, 1)
        _put(row, S.WAITING, by)
        settle(row.returned)


def _locked(row: ReturnedAnswer, by: Any) -> ReturnedAnswer:
    """Behind the lock of the pass, as every writer of its texts.

    Raises PermissionDenied for who may not fill the place in.
    """
    assessment = locked(row.returned.pack.assessment)
    require_editable(assessment)
    if queries.slot_key(row) not in {slot.key for slot in queries.slots_of(by, assessment)}:
        raise PermissionDenied
    found = ReturnedAnswer.objects.select_related("review", "returned__pack").get(pk=row.pk)
    found.returned.pack.assessment = assessment
    return found


def _take(row: ReturnedAnswer, slot: Slot, seen: str, by: Any) -> None:
    assessment = row.returned.pack.assessment
    now = texts_of(slot.kind, queries.rows(assessment, [slot]).get(slot.key))
    row.before = {name: now[name] for name in row.texts}
    _save(assessment, slot, seen, row.texts, by)
    _put(row, S.TAKEN, by)


def _bring_back(row: ReturnedAnswer, slot: Slot, by: Any) -> None:
    assessment = row.returned.pack.assessment
    now = texts_of(slot.kind, queries.rows(assessment, [slot]).get(slot.key))
    taken = token(slot.kind, {**now, **row.texts})
    try:
        _save(assessment, slot, taken, row.before, by)
    except assessments.Conflict as conflict:
        raise Refused(
            _("%(who)s has changed it since it was taken. Its earlier texts are kept with it.")
            % {"who": conflict.by}
        ) from conflict


def _save(assessment: Pass, slot: Slot, version: str, texts: dict[str, str], by: Any) -> None:
    """All of the fields or none: what clashes takes the others back with it."""
    with transaction.atomic():
        if slot.question:
            assessments.save_answer(
                assessment=assessment,
                question=slot.question,
                by=by,
                version=version,
                changes=texts,
            )
        else:
            assessments.save_reflection(
                assessment=assessment,
                marker=slot.marker,
                by=by,
                version=version,
                text=texts["text"],
            )


def _put(row: ReturnedAnswer, state: S, by: Any) -> None:
    row.state = state
    row.settled_by = None if state == S.WAITING else by
    row.settled_at = None if state == S.WAITING else clock.now()
    row.save(update_fields=["state", "settled_by", "settled_at", "before"])


def settle(returned: ReturnedPack) -> None:
    """Done with as soon as nothing of it waits."""
    is_done = not returned.answers.filter(state=S.WAITING).exists()
    returned.done_at = clock.now() if is_done else None
    returned.save(update_fields=["done_at"])


def _record(kind: audit.Event, returned: ReturnedPack, by: Any, count: int) -> None:
    audit.record(kind=kind, by=by, target=returned.pack.assessment, changes={"count": count})
