"""Packs are handed out, come back, and are taken answer by answer."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import operations as assessments
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import locked, require_editable
from quality_markers.assessments.rules import texts_of, token
from quality_markers.packs import layout, queries, reading
from quality_markers.packs.models import Pack, ReturnedAnswer, ReturnedPack
from quality_markers.packs.queries import Slot
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper
from scr_portal.core.reasons import Refused
from scr_portal.documents import names
from scr_portal.documents.operations import infected

S = ReturnedAnswer.State
KEY_LENGTH = 24
ON_PAPER = 45
"""Places of one file of sheets: about 25 pages and three seconds, which a person may wait for."""


@transaction.atomic
def hand_out(
    *, assessment: Pass, form: str, is_filled: bool, markers: list[int], by: Any, token: str
) -> Pack:
    """One pack for one token, of those markers' questions that the person may fill in.

    Raises Refused where there are none, and PermissionDenied for who may take nothing with them.
    """
    assessment = locked(assessment)
    require(by, Permission.EXPORT, assessment.review)
    require_editable(assessment)
    key = key_of(assessment.review, by, token, assessment.pk)[:KEY_LENGTH]
    if found := Pack.objects.filter(key=key).first():
        return found
    slots = chosen(assessment=assessment, markers=markers, by=by)
    written = queries.rows(assessment, slots) if is_filled else {}
    pack = Pack.objects.create(
        review=assessment.review,
        assessment=assessment,
        form=form,
        is_filled=is_filled,
        markers=sorted({slot.marker.number for slot in slots}),
        key=key,
        texts={
            slot.key: texts_of(slot.kind, written[slot.key]) if slot.key in written else {}
            for slot in slots
        },
        by=by,
        at=clock.now(),
    )
    audit.record(
        kind=audit.Event.PACK_HANDED_OUT,
        by=by,
        target=assessment,
        changes={"form": pack.get_form_display(), "markers": ", ".join(map(str, pack.markers))},
    )
    return pack


def chosen(*, assessment: Pass, markers: list[int], by: Any) -> list[Slot]:
    """Raises Refused where nothing of those markers is this person's to fill in."""
    slots = [
        slot for slot in queries.slots_of(by, assessment) if slot.marker.number in set(markers)
    ]
    if not slots:
        raise Refused(_("Choose at least one marker that is yours to fill in."))
    return slots


def file_of(*, pack: Pack, by: Any) -> tuple[str, bytes]:
    """Its name and its bytes, made again: without what is not this person's to fill in by now."""
    require(by, Permission.EXPORT, pack.review)
    slots = [slot for slot in queries.slots_of(by, pack.assessment) if slot.key in pack.texts]
    if not slots:
        raise Refused(_("Nothing of this pack is yours to fill in by now."))
    name = _file_name(pack.assessment, pack.markers, pack.form)
    content = layout.to_file(pack, slots)
    audit.record(kind=audit.Event.DOWNLOADED, by=by, target=pack.assessment, label=name)
    return name, content


def sheets(*, assessment: Pass, markers: list[int], by: Any) -> tuple[str, bytes]:
    """Printed questions: the name of the file, and the file."""
    require(by, Permission.EXPORT, assessment.review)
    slots = chosen(assessment=assessment, markers=markers, by=by)
    name = _file_name(assessment, sorted({slot.marker.number for slot in slots}), "pdf")
    content = layout.to_sheets(assessment, slots, clock.now())
    audit.record(kind=audit.Event.DOWNLOADED, by=by, target=assessment, label=name)
    return name, content


def _file_name(assessment: Pass, markers: list[int], ending: str) -> str:
    part = f"-marker-{markers[0]}" if len(markers) == 1 else ""
    what = f"self-assessment-{assessment.number}{part}-questions"
    return paper.file_name(assessment.review.reference, what, clock.today(), ending)


def take_in(*, assessment: Pass, upload: Any, by: Any, answered_by: str = "") -> ReturnedPack:
    """A file that came back: scanned, then read, then kept as what it changed; never as an answer.

    The same file of the same person is taken in once. Raises Refused for what is not a pack of
    this self-assessment, as it was handed out but for its boxes.
    """
    require_editable(assessment)
    content, form = reading.content_of(upload)
    if found := infected(upload):
        audit.record(
            kind=audit.Event.FILE_REFUSED,
            by=by,
            target=assessment,
            label=str(Pack.Form(form).label),
            changes={"found": found},
        )
        raise Refused(_("The scanner refused the file, and nothing of it was read."))
    read = reading.read(assessment, form, content)
    with transaction.atomic():
        return _keep(assessment, read, upload, by, answered_by)


def _keep(
    assessment: Pass, read: reading.Read, upload: Any, by: Any, answered_by: str
) -> ReturnedPack:
    assessment = locked(assessment)
    require_editable(assessment)
    mine = {slot.key for slot in queries.slots_of(by, assessment)}
    if not mine & read.pack.texts.keys():
        raise Refused(_("Nothing in this file is yours to fill in."))
    returned, is_new = ReturnedPack.objects.get_or_create(
        pack=read.pack,
        sha256=read.sha256,
        by=by,
        defaults={
            "review": assessment.review,
            "board": assessment.review.board,
            "file_name": names.cleaned(upload.name or "")[:255],
            "answered_by": answered_by,
            "missing": [slot.number for slot in read.missing if slot.key in mine],
            "at": clock.now(),
        },
    )
    if is_new:
        for slot, texts in read.changed:
            if slot.key in mine:
                ReturnedAnswer.objects.create(
                    review=assessment.review,
                    returned=returned,
                    marker=slot.marker,
                    question=slot.question,
                    texts=texts,
                )
        _settle(returned)
        audit.record(kind=audit.Event.PACK_TAKEN_IN, by=by, target=assessment)
    return returned


def take(*, row: ReturnedAnswer, slot: Slot, seen: str, by: Any) -> None:
    """Write what the file says over what the person had in front of them, which ``seen`` is of.

    Raises Conflict where somebody has changed it since: nothing is written then.
    """
    with transaction.atomic():
        row = _locked(row)
        if row.state == S.WAITING:
            _take(row, slot, seen, by)
            _settle(row.returned)
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
        _settle(returned)
        if taken:
            _record(audit.Event.PACK_TAKEN, returned, by, taken)
    return taken


def leave(*, row: ReturnedAnswer, by: Any) -> None:
    """What stands here stays."""
    with transaction.atomic():
        row = _locked(row)
        if row.state == S.WAITING:
            _put(row, S.LEFT, by)
            _settle(row.returned)


def undo(*, row: ReturnedAnswer, slot: Slot, by: Any) -> None:
    """Back to where it was before it was taken or left. Raises Refused where it changed since."""
    with transaction.atomic():
        row = _locked(row)
        if row.state == S.TAKEN:
            _bring_back(row, slot, by)
            _record(audit.Event.PACK_UNDONE, row.returned, by, 1)
        _put(row, S.WAITING, by)
        _settle(row.returned)


def _locked(row: ReturnedAnswer) -> ReturnedAnswer:
    """Behind the lock of the pass, as every writer of its texts."""
    assessment = locked(row.returned.pack.assessment)
    require_editable(assessment)
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


def _settle(returned: ReturnedPack) -> None:
    is_done = not returned.answers.filter(state=S.WAITING).exists()
    returned.done_at = clock.now() if is_done else None
    returned.save(update_fields=["done_at"])


def _record(kind: audit.Event, returned: ReturnedPack, by: Any, count: int) -> None:
    audit.record(kind=kind, by=by, target=returned.pack.assessment, changes={"count": count})
