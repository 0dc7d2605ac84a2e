"""What answers rest on, as far as a reader may know of it.

A document that they may not read is not there. Nor is a fact that the record does not tell them:
whether it says something else by now or never spoke to them is the same to them. Whoever pinned it
has read it, and is told that it no longer stands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quality_markers.assessments.addresses import host
from quality_markers.assessments.models import EvidenceItem, Pass
from quality_markers.assessments.queries.record import Facts, facts_for
from quality_markers.catalogue.models import Marker
from reviews.case.evidence import Evidence
from reviews.documents.models import Document
from scr_portal.core.templatetags import portal

Kind = EvidenceItem.Kind


@dataclass(frozen=True)
class Item:
    """One piece in words, with where it is to be found and what is wrong with it."""

    row: EvidenceItem
    text: str
    url: str = ""
    on: date | None = None
    beside: str = ""
    trouble: str = ""

    @property
    def is_outside(self) -> bool:
        return self.row.kind == Kind.WEB


def evidence_of(
    assessment: Pass,
    markers: Collection[Marker],
    user: Any,
    *,
    facts: Facts | None = None,
    removed: bool = False,
) -> dict[int, list[Item]]:
    """By question, in the order in which it was attached.

    Two statements however much there is, and what the rooms ask for the markers to which a fact is
    pinned, unless ``facts`` are given.
    """
    rows = list(
        assessment.evidence_items.filter(
            question__marker__in=[marker.pk for marker in markers], removed_at__isnull=not removed
        ).select_related("document", "by", "broken_by", "question__marker")
    )
    readable = _readable(assessment, rows, user)
    if facts is None:
        pinned = {row.question.marker for row in rows if row.kind == Kind.RECORD}
        facts = facts_for(assessment, pinned, user)
    found: dict[int, list[Item]] = defaultdict(list)
    for row in rows:
        if item := _item(row, readable, facts, user):
            found[row.question_id].append(item)
    return found


def _readable(assessment: Pass, rows: Iterable[EvidenceItem], user: Any) -> Mapping[int, Document]:
    wanted = [row.document_id for row in rows if row.document_id]
    if not wanted:
        return {}
    found = Document.objects.readable(user, assessment.review).filter(pk__in=wanted)
    return {row.pk: row for row in found}


def _item(
    row: EvidenceItem, readable: Mapping[int, Document], facts: Facts, user: Any
) -> Item | None:
    if row.kind == Kind.DOCUMENT:
        document = readable.get(row.document_id or 0)
        return _of_document(row, document) if document else None
    if row.kind == Kind.RECORD:
        return _of_record(row, facts.get(row.question.reference, []), user)
    if row.kind == Kind.WEB:
        return Item(row, row.text or row.url, row.url, beside=host(row.url), trouble=_broken(row))
    return Item(row, row.text, trouble=_broken(row))


def _of_document(row: EvidenceItem, document: Document) -> Item:
    trouble = _broken(row)
    if document.withdrawn_at:
        trouble = _("The document was withdrawn on %(day)s.") % {
            "day": portal.day(document.withdrawn_at)
        }
    kind = document.get_kind_display()
    return Item(row, document.title, document.get_absolute_url(), beside=kind, trouble=trouble)


def _of_record(row: EvidenceItem, facts: Iterable[Evidence], user: Any) -> Item | None:
    for fact in facts:
        if str(fact.text) == row.text:
            return Item(row, row.text, fact.url, fact.on, trouble=_broken(row))
    if row.by_id != user.pk:
        return None
    return Item(row, row.text, row.url, trouble=_("The record no longer says this."))


def _broken(row: EvidenceItem) -> str:
    if not row.broken_at:
        return ""
    return _("Not found by %(who)s, %(when)s.") % {
        "who": row.broken_by,
        "when": portal.moment(row.broken_at),
    }


def put_evidence_beside(
    lines: Iterable[Any], assessment: Pass, markers: Collection[Marker], user: Any
) -> None:
    """Of lines that know already what the record says to them (``put_record_beside``)."""
    lines = list(lines)
    facts = {line.reference: line.record for line in lines}
    found = evidence_of(assessment, markers, user, facts=facts)
    for line in lines:
        line.rests_on = found.get(line.question.pk, [])
