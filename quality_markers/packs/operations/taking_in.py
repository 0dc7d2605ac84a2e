"""A file that came back is scanned, read, and kept as what it changed."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import locked, require_editable
from quality_markers.packs import queries, reading
from quality_markers.packs.models import Pack, ReturnedAnswer, ReturnedPack
from quality_markers.packs.operations.settling import settle
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.documents import names
from scr_portal.documents.operations import infected


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
        settle(returned)
        audit.record(kind=audit.Event.PACK_TAKEN_IN, by=by, target=assessment)
    return returned
