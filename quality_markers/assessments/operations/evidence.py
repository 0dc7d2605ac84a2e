"""What an answer rests on: attached, taken away again, and said not to be there any more."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import addresses, rules
from quality_markers.assessments.models import EvidenceItem, Pass
from quality_markers.assessments.operations.passes import locked, may_answer, require_editable
from quality_markers.assessments.queries.record import facts_for
from quality_markers.catalogue.models import Question
from reviews.case.operations.clicks import key_of
from reviews.documents.models import Document
from scr_portal.audit import operations as audit
from scr_portal.audit.events import Event
from scr_portal.core import clock
from scr_portal.core.reasons import Refused

MOST = 50
"""Pieces of evidence for one answer."""

What = dict[str, Any]
Kind = EvidenceItem.Kind


@transaction.atomic
def attach(
    *,
    assessment: Pass,
    question: Question,
    kind: str,
    by: Any,
    token: str,
    document: Document | None = None,
    text: str = "",
    url: str = "",
) -> EvidenceItem:
    """One piece a click (``token``). Of the record: ``text`` is the fact as it stands today.

    Raises Refused, and PermissionDenied.
    """
    assessment = _allowed(assessment, question, by)
    what_was_sent = (question.pk, kind, document and document.pk, text, url)
    key = key_of(assessment.review, by, token, *what_was_sent)
    if made := EvidenceItem.objects.filter(token=key).first():
        return made
    what = _checked(kind, assessment, question, by)(
        {"document": document, "text": text, "url": url}
    )
    here = EvidenceItem.objects.filter(assessment=assessment, question=question, removed_at=None)
    if here.filter(kind=kind, **what).exists():
        raise Refused(_("The answer rests on that already."))
    if here.count() >= MOST:
        raise Refused(_("An answer can rest on 50 pieces of evidence. Take one away first."))
    row = EvidenceItem.objects.create(
        assessment=assessment,
        review=assessment.review,
        question=question,
        kind=kind,
        by=by,
        at=clock.now(),
        token=key,
        **what,
    )
    _record(Event.EVIDENCE_ATTACHED, row, by)
    return row


def _checked(kind: str, assessment: Pass, question: Question, by: Any) -> Callable[[What], What]:
    ways: dict[str, Callable[[What], What]] = {
        Kind.DOCUMENT: lambda what: _document(what, assessment, by),
        Kind.RECORD: lambda what: _fact(what, assessment, question, by),
        Kind.WEB: lambda what: {"url": addresses.checked(what["url"]), "text": _short(what)},
        Kind.NOTE: _note,
    }
    if kind not in ways:
        raise Refused(_("Choose what the answer rests on."))
    return ways[kind]


def _document(what: What, assessment: Pass, by: Any) -> What:
    wanted = what["document"]
    readable = Document.objects.readable(by, assessment.review).in_use()
    if wanted is None or not readable.filter(pk=wanted.pk).exists():
        raise Refused(_("Choose a document of this review."))
    return {"document": wanted}


def _fact(what: What, assessment: Pass, question: Question, by: Any) -> What:
    facts = facts_for(assessment, [question.marker], by).get(question.reference, [])
    for fact in facts:
        if str(fact.text) == what["text"]:
            return {"text": what["text"], "url": fact.url}
    raise Refused(_("The record does not say that any more. Choose again from what it says now."))


def _note(what: What) -> What:
    if not (text := _short(what)):
        raise Refused(_("Say where it lies."))
    return {"text": text}


def _short(what: What) -> str:
    text = rules.normal(what["text"]).strip()
    if len(text) > addresses.LONGEST:
        raise Refused(_("Say it in 1,000 characters."))
    return text


def remove(*, item: EvidenceItem, by: Any) -> EvidenceItem:
    """It can be put back. A second click changes nothing."""
    return _set(item, by, Event.EVIDENCE_REMOVED, removed_at=clock.now())


def put_back(*, item: EvidenceItem, by: Any) -> EvidenceItem:
    return _set(item, by, Event.EVIDENCE_PUT_BACK, removed_at=None)


def say_broken(*, item: EvidenceItem, by: Any) -> EvidenceItem:
    """Somebody opened it, and it was not there."""
    return _set(item, by, Event.EVIDENCE_BROKEN, broken_at=clock.now(), broken_by=by)


def say_whole(*, item: EvidenceItem, by: Any) -> EvidenceItem:
    return _set(item, by, Event.EVIDENCE_FOUND, broken_at=None, broken_by=None)


@transaction.atomic
def _set(item: EvidenceItem, by: Any, event: Event, **fields: Any) -> EvidenceItem:
    assessment = _allowed(item.assessment, item.question, by)
    row = EvidenceItem.objects.select_related("question__marker").get(pk=item.pk)
    row.assessment = assessment
    mark = next(iter(fields))
    if bool(getattr(row, mark)) == bool(fields[mark]):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    _record(event, row, by)
    return row


def _allowed(assessment: Pass, question: Question, by: Any) -> Pass:
    found = locked(assessment)
    if not may_answer(by, found, question.marker, question):
        raise PermissionDenied
    require_editable(found)
    return found


def _record(event: Event, row: EvidenceItem, by: Any) -> None:
    """Which question, and not what: who reads the history may not read every document."""
    label = f"{row.assessment}: {row.question.reference}"
    audit.record(kind=event, by=by, target=row, label=label)
