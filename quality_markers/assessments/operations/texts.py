"""Several people write on one text. What one has written no other loses."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import queries, rules
from quality_markers.assessments.models import (
    Answer,
    AnswerText,
    Kept,
    Pass,
    Reflection,
    ReflectionText,
    Written,
)
from quality_markers.assessments.operations.passes import locked, may_answer, require_editable
from quality_markers.catalogue.models import Marker, Question
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.prepared import prepared
from scr_portal.core.reasons import Refused


class Conflict(Exception):
    """Somebody else changed the same field first. Changes of other fields have been saved.

    ``theirs``: field to text as it stands; ``version`` is the token of a page that shows them.
    """

    def __init__(self, row: Any, theirs: dict[str, str], version: str) -> None:
        self.row, self.theirs, self.version = row, theirs, version
        self.by, self.at = queries.last_to_write(row, theirs)
        super().__init__(", ".join(theirs))


def save_answer(
    *,
    assessment: Pass,
    question: Question,
    by: Any,
    version: int | str,
    changes: Mapping[str, str],
) -> tuple[Answer | None, str]:
    """Write the fields that changed; gives the answer and the token for the page's next save.

    ``version`` is what the writer has read: the page's token, ``answer.version``, or 0 where
    there was none. The answer is None where nothing has been written yet.
    Raises Conflict, Refused, and PermissionDenied.
    """
    place = {"assessment": assessment, "question": question}
    return _save(Answer, place, question.marker, by, version, changes)


def save_reflection(
    *, assessment: Pass, marker: Marker, by: Any, version: int | str, text: str
) -> tuple[Reflection | None, str]:
    """As ``save_answer``."""
    place = {"assessment": assessment, "marker": marker}
    return _save(Reflection, place, marker, by, version, {"text": text})


def _save(
    kind: type[Written],
    place: dict[str, Any],
    marker: Marker,
    by: Any,
    version: int | str,
    changes: Mapping[str, str],
) -> tuple[Any, str]:
    changes = {name: rules.normal(text) for name, text in changes.items()}
    _check(kind, changes)
    row, clashes, token = _write(kind, place, marker, by, version, changes)
    if clashes:
        raise Conflict(row, clashes, token)
    return row, token


def _check(kind: type[Written], changes: Mapping[str, str]) -> None:
    if unknown := changes.keys() - set(kind.FIELDS):
        raise ValueError(f"Not a field of an answer: {', '.join(sorted(unknown))}")
    if changes.get("judgement", Answer.Judgement.PARTLY) not in Answer.Judgement.values:
        raise Refused(_("There is no such judgement."))
    if any(len(text) > rules.LONGEST for text in changes.values()):
        raise Refused(_("A text may hold 100,000 characters."))


@transaction.atomic
def _write(
    kind: type[Written],
    place: dict[str, Any],
    marker: Marker,
    by: Any,
    version: int | str,
    changes: Mapping[str, str],
) -> tuple[Any, dict[str, str], str]:
    assessment = locked(place["assessment"], marker=marker, by=by)
    _allow(assessment, marker, by, place.get("question"))
    row = next(iter(_written(kind, **place)), None)
    place = {**place, "assessment": assessment}
    if row is not None:
        for name, thing in {**place, "review": assessment.review}.items():
            setattr(row, name, thing)
    read = rules.seen(kind, row, version)
    merged = rules.merge(rules.texts_of(kind, row), read, changes)
    if merged.written:
        row = _put(kind, place, row, merged.written, by)
        row.written = frozenset(merged.written)
    now = rules.texts_of(kind, row)
    return row, merged.clashes, rules.token_after(now, read, changes, merged.clashes)


@prepared
def _written(kind: type[Written], **place: Any) -> Any:
    return kind._default_manager.filter(**place).select_related("by")


def _allow(assessment: Pass, marker: Marker, by: Any, question: Question | None = None) -> None:
    if not may_answer(by, assessment, marker, question):
        raise PermissionDenied
    require_editable(assessment)


def _put(
    kind: type[Written], place: dict[str, Any], row: Any, written: Mapping[str, str], by: Any
) -> Any:
    at = clock.now()
    if row is None:
        review = place["assessment"].review
        row = kind._default_manager.create(
            **place, **{**rules.BLANK[kind], **written}, review=review, by=by, at=at, since=at
        )
        _record(row, written, by)
        return row
    begins = not rules.same_sitting(row, by, at)
    if rules.keeps_earlier(row, by, at, written):
        _keep(row)
    _update(row, written, by, at, at if begins else row.since)
    if begins:
        _record(row, written, by)
    return row


def _update(
    row: Written, written: Mapping[str, str], by: Any, at: datetime, since: datetime
) -> None:
    """Only the fields that changed, and only over the version that was merged with."""
    values = {**written, "by": by, "at": at, "since": since, "version": row.version + 1}
    rows = type(row)._default_manager.filter(pk=row.pk, version=row.version)
    if not rows.update(**values):
        raise Refused(_("Somebody saved at the same moment. Save once more."))
    for name, value in values.items():
        setattr(row, name, value)


def _keep(row: Any) -> None:
    """The text as it was, with who and when, before it is written over."""
    kind, link = _kept_as(row)
    kind._default_manager.create(
        review=row.assessment.review,
        version=row.version,
        by=row.by,
        at=row.at,
        **link,
        **rules.texts_of(type(row), row),
    )


def _kept_as(row: Any) -> tuple[type[Kept], dict[str, Any]]:
    if isinstance(row, Answer):
        return AnswerText, {"answer": row}
    return ReflectionText, {"reflection": row}


def _record(row: Any, written: Mapping[str, str], by: Any) -> None:
    """Once a sitting, and which fields: never a word of the text."""
    if isinstance(row, Reflection):
        audit.record(kind=audit.Event.REFLECTED, by=by, target=row)
        return
    names = [str(Answer._meta.get_field(name).verbose_name) for name in written]  # type: ignore[union-attr]
    audit.record(kind=audit.Event.ANSWERED, by=by, target=row, changes={"fields": ", ".join(names)})


def restore(*, answer: Answer, version: int, by: Any) -> Answer:
    """Bring back an earlier text; what stands there now is kept like any other.

    Raises Refused where there is no such version.
    """
    return _restore(answer, version, by, lambda row: row.question.marker)


def restore_reflection(*, reflection: Reflection, version: int, by: Any) -> Reflection:
    return _restore(reflection, version, by, lambda row: row.marker)


@transaction.atomic
def _restore(given: Any, version: int, by: Any, marker_of: Callable[[Any], Marker]) -> Any:
    assessment = locked(given.assessment)
    _allow(assessment, marker_of(given), by, getattr(given, "question", None))
    row = type(given)._default_manager.get(pk=given.pk)
    earlier = row.texts.filter(version=version).first()
    if earlier is None:
        raise Refused(_("There is no such earlier text."))
    _keep(row)
    at = clock.now()
    _update(row, rules.texts_of(type(row), earlier), by, at, at)
    audit.record(kind=audit.Event.ANSWER_RESTORED, by=by, target=row)
    return row
