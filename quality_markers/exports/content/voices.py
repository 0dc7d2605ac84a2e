"""What one pass says to a question, in the order in which every file says it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quality_markers.assessments.models import Answer, Pass, Reflection
from quality_markers.catalogue.models import Marker, Question
from quality_markers.exports.content.beside import Beside, Lines
from quality_markers.exports.content.names import Names
from scr_portal.core.book import Said, Voice
from scr_portal.core.passages import Passage, passage, passages
from scr_portal.core.templatetags.portal import moment

KINDS = {
    "reason": gettext_lazy("Why it does not apply"),
    "narrative": gettext_lazy("What people say"),
    "notes": gettext_lazy("Notes of evidence"),
    "evidence": gettext_lazy("Evidence"),
    "against": gettext_lazy("The record speaks against it"),
    "explained": gettext_lazy("What explains it"),
    "returned": gettext_lazy("Why it came back"),
    "comments": gettext_lazy("Comments"),
    "why": gettext_lazy("What moved, and why"),
}
"""The order of everything that is said to a question."""


def answer(
    assessment: Pass,
    question: Question,
    row: Answer | None,
    names: Names,
    around: Beside,
    heading: str = "",
) -> Voice:
    is_off = row is not None and row.judgement == Answer.Judgement.NOT_APPLICABLE
    texts = [
        row.not_applicable_reason if row and is_off else "",
        row.narrative if row else "",
        row.evidence if row else "",
    ]
    reason, narrative, notes = passages(question.reference, *map(names.text, texts))
    found = {"reason": reason, "narrative": narrative, "notes": notes}
    for kind in ("evidence", "against", "explained", "returned", "comments", "why"):
        lines: Lines = getattr(around, kind)
        found[kind] = unnumbered(names, lines.get(question.pk, ()))
    judgement = Answer.Judgement(row.judgement) if row else Answer.Judgement.NOT_CONSIDERED
    return Voice(
        number=assessment.number,
        heading=heading,
        judgement=str(judgement.label),
        is_considered=judgement != Answer.Judgement.NOT_CONSIDERED,
        said=said(found),
        wording=wording(assessment),
        **_written(row, names),
    )


def reflection(
    assessment: Pass, marker: Marker, row: Reflection | None, names: Names, heading: str = ""
) -> Voice:
    [thoughts] = passages(f"{marker.number}.R", names.text(row.text) if row else "")
    return Voice(
        number=assessment.number,
        heading=heading,
        judgement="" if thoughts else _("Nothing written yet"),
        is_considered=False,
        said=[Said("narrative", "", thoughts)] if thoughts else [],
        wording=wording(assessment),
        **_written(row if thoughts else None, names),
    )


def said(found: Mapping[str, Sequence[Passage]]) -> list[Said]:
    """What people say themselves stands without a label."""
    return [
        Said(kind, "" if kind == "narrative" else str(label), found[kind])
        for kind, label in KINDS.items()
        if found.get(kind)
    ]


def unnumbered(names: Names, lines: Iterable[str]) -> list[Passage]:
    return [passage(names.text(line)) for line in lines if line.strip()]


def wording(assessment: Pass) -> str:
    """The version of the catalogue, as it is called and as it can be checked."""
    catalogue = assessment.catalogue
    return f"{catalogue.title}, SHA-256 {catalogue.sha256[:16]}…"


def _written(row: Any, names: Names) -> dict[str, str]:
    return {"by": names(row.by) if row else "", "at": moment(row.at) if row else ""}


def not_asked(assessment: Pass, names: Names, why: Iterable[str], heading: str) -> Voice:
    return Voice(
        number=assessment.number,
        heading=heading,
        judgement=_("Not asked in this self-assessment"),
        is_considered=False,
        said=said({"why": unnumbered(names, why)}),
        wording=wording(assessment),
        by="",
        at="",
    )
