"""A pack as a file: the same questions in the same order as Word, as Excel and on paper."""

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Answer, Pass
from quality_markers.packs import rules
from quality_markers.packs.models import Pack
from quality_markers.packs.queries import Slot, by_marker, given
from scr_portal.core import fill_in, pdf
from scr_portal.core.pdf import carriable
from scr_portal.core.templatetags import portal

FORMS = {Pack.Form.WORD: "word_pack", Pack.Form.EXCEL: "excel_pack"}


def to_file(pack: Pack, slots: Sequence[Slot]) -> bytes:
    """Of the pack's questions those in ``slots``. The same bytes for the same pack."""
    with translation.override(settings.LANGUAGE_CODE):
        return _written_as(pack.form).write(_laid(pack, slots))


def read(form: str, content: bytes) -> fill_in.Returned:
    return _written_as(form).read(content)


def _written_as(form: str) -> Any:
    """Found when it is wanted: its library takes ten megabytes, and most pages never need it."""
    return import_module(f"scr_portal.core.{FORMS[Pack.Form(form)]}")


def _laid(pack: Pack, slots: Sequence[Slot]) -> fill_in.Pack:
    assessment = pack.assessment
    return fill_in.Pack(
        key=rules.file_key(pack.key),
        title=_title(assessment),
        facts=_facts(assessment, pack.at),
        how=_how(),
        columns=_columns(),
        groups=[
            fill_in.Group(
                name=_("Marker %(number)s") % {"number": marker.number},
                title=carriable(str(marker)),
                intro=carriable(marker.statement),
                items=[_item(pack, slot) for slot in group],
            )
            for marker, group in by_marker(slots)
        ],
        marking=str(assessment.review.get_marking_display()),
        made_at=pack.at,
    )


def _item(pack: Pack, slot: Slot) -> fill_in.Item:
    texts = given(pack, slot)
    if slot.question:
        texts["judgement"] = judgement(texts["judgement"])
    return fill_in.Item(
        key=rules.item_key(pack.key, slot.key),
        number=slot.number if slot.question else "",
        words=carriable(slot.words),
        # A reflection is written where the narrative of a question is.
        texts=texts if slot.question else {"narrative": texts["text"]},
    )


def judgement(value: str) -> str:
    return str(Answer.Judgement(value).label)


def _columns() -> list[fill_in.Column]:
    choices = [str(label) for label in Answer.Judgement.labels]
    return [
        fill_in.Column("judgement", _("Judgement"), width=20, choices=choices),
        fill_in.Column("not_applicable_reason", _("Why it does not apply"), width=24),
        fill_in.Column("narrative", _("Narrative"), width=60, height=36),
        fill_in.Column("evidence", _("Notes of evidence"), width=36, height=18),
    ]


def _title(assessment: Pass) -> str:
    return _("%(reference)s, self-assessment %(number)s") % {
        "reference": assessment.review.reference,
        "number": assessment.number,
    }


def _facts(assessment: Pass, at: datetime) -> list[tuple[str, str]]:
    return [
        (_("Purpose"), str(assessment.get_purpose_display())),
        (_("Questions"), carriable(assessment.catalogue.title)),
        (_("Handed out"), portal.moment(at)),
    ]


def _how() -> list[str]:
    return [
        _("Write into the empty boxes and choose each judgement from its list."),
        _("Leave the questions as they are: the portal knows an answer by the question beside it."),
        _("Say a person’s role and not their name."),
        _("Save the file in the form it has, and bring it back to the page it came from."),
        _("Nothing of it is taken before somebody has looked at it beside what stands there."),
    ]


def to_sheets(assessment: Pass, slots: Sequence[Slot], at: datetime) -> bytes:
    """Printed questions with room to write, always blank."""
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.render(to_html(assessment, slots, at))


def to_html(assessment: Pass, slots: Sequence[Slot], at: datetime) -> str:
    context: dict[str, Any] = {
        "assessment": assessment,
        "review": assessment.review,
        "title": _title(assessment),
        "facts": _facts(assessment, at),
        "at": at,
        "groups": by_marker(slots),
        "judgements": Answer.Judgement.labels[1:],
    }
    return render_to_string("quality_markers/packs/sheets.html", context)
