"""Questions leave the portal: as a pack that can come back, or on paper."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import locked, require_editable
from quality_markers.assessments.rules import texts_of
from quality_markers.packs import layout, queries
from quality_markers.packs.models import Pack
from quality_markers.packs.queries import Slot
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock, paper
from scr_portal.core.reasons import Refused

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
    # Another choice on a page gone back to is another pack.
    choice = (assessment.pk, form, is_filled, *sorted(markers))
    key = key_of(assessment.review, by, token, *choice)[:KEY_LENGTH]
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
