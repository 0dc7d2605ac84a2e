from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from quality_markers.assessments import queries as assessments
from quality_markers.assessments import rules as reading
from quality_markers.assessments.models import Pass
from quality_markers.assessments.operations.passes import locked
from quality_markers.catalogue.models import Question
from quality_markers.comments import queries, rules
from quality_markers.comments.models import QuestionComment
from reviews.case.lifecycle import Stage
from reviews.case.operations.clicks import key_of
from reviews.permissions import Permission
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


@transaction.atomic
def comment(
    *,
    assessment: Pass,
    question: Question,
    text: str,
    by: Any,
    token: str,
    to: Iterable[Any] = (),
    parent: QuestionComment | None = None,
) -> QuestionComment:
    """Say something at a question, or answer in a thread. ``token`` sent twice, it is said once.

    ``to``: people chosen. Who may not see the question is refused in words that do not say so.
    """
    assessment = _opened(assessment, question, by)
    text = reading.normal(text)
    # Other words from a page gone back to are another comment: none is lost.
    key = key_of(assessment.review, by, token, question.pk, text)
    if said := QuestionComment.objects.filter(token=key).first():
        return said
    _check(text, parent)
    people = queries.readers(assessment.review, question.marker)
    spoken_to = _spoken_to(text, to, people)
    row = QuestionComment.objects.create(
        review=assessment.review,
        assessment=assessment,
        question=question,
        parent=_thread(assessment, question, parent),
        text=text,
        by=by,
        at=clock.now(),
        token=key,
    )
    row.mentions.set(spoken_to)
    _record(audit.Event.COMMENTED, row, by)
    _tell(row, spoken_to, people)
    return row


def _opened(assessment: Pass, question: Question, by: Any) -> Pass:
    """The pass under its lock. PermissionDenied alike for who may not comment and may not read."""
    assessment = locked(assessment)
    require(by, Permission.COMMENT_MARKERS, assessment.review)
    readable = assessments.markers_for(by, assessment, reading.READ)
    if not readable.filter(pk=question.marker_id).exists():
        raise PermissionDenied
    if reason := against_commenting(assessment):
        raise Refused(reason)
    return assessment


def against_commenting(assessment: Pass) -> str:
    if assessment.review.stage == Stage.CLOSED:
        return _("The review is closed. Nobody works on it until the chair reopens it.")
    if assessment.state == Pass.State.ACCEPTED:
        return _("The self-assessment is signed. Its comments can be read, and nothing is added.")
    if assessment.state == Pass.State.WITHDRAWN:
        return _("The self-assessment is withdrawn. Its comments can be read; nothing is added.")
    return ""


def _check(text: str, parent: QuestionComment | None) -> None:
    if not text.strip():
        raise Refused(_("Write your comment."))
    if len(text) > rules.LONGEST:
        raise Refused(_("A comment may hold 10,000 characters."))


def _thread(
    assessment: Pass, question: Question, parent: QuestionComment | None
) -> QuestionComment | None:
    """The first of the thread, as it stands now: nothing is hidden in one that was resolved."""
    if parent is None:
        return None
    same = QuestionComment.objects.filter(assessment=assessment, question=question, parent=None)
    found = same.filter(pk=parent.parent_id or parent.pk).first()
    if found is None:
        raise PermissionDenied
    if found.resolved_at:
        raise Refused(_("This was resolved meanwhile. Open it again to answer."))
    return found


def _spoken_to(text: str, to: Iterable[Any], people: list[Any]) -> list[Any]:
    by_pk = {person.pk: person for person in people}
    chosen = [by_pk.get(person.pk) for person in to]
    if None in chosen:
        raise Refused(_("Choose again whom to speak to: the list has changed."))
    found = [*chosen, *rules.spoken_to(text, people)]
    return list({person.pk: person for person in found if person}.values())


def _record(event: audit.Event, row: QuestionComment, by: Any) -> None:
    label = _("question %(question)s, self-assessment %(number)s") % {
        "question": row.question.reference,
        "number": row.assessment.number,
    }
    audit.record(kind=event, by=by, target=row, label=label)


def _tell(row: QuestionComment, spoken_to: list[Any], people: list[Any]) -> None:
    """Whom it speaks to and who is in the thread already, of those who may still see it."""
    wanted = {person.pk for person in spoken_to}
    if row.parent_id:
        thread = QuestionComment.objects.filter(pk=row.parent_id) | QuestionComment.objects.filter(
            parent=row.parent_id
        )
        wanted |= {pk for pair in thread.values_list("by", "mentions") for pk in pair}
    notify(
        to=[person for person in people if person.pk in wanted - {row.by_id}],
        kind=Kind.COMMENTED,
        key=f"comment:{row.pk}",
        link=queries.url_of(row),
        review=row.review,
    )


def resolve(*, thread: QuestionComment, by: Any) -> bool:
    """False where somebody did it before."""
    return _settle(thread, by, resolved=True)


def reopen(*, thread: QuestionComment, by: Any) -> bool:
    return _settle(thread, by, resolved=False)


@transaction.atomic
def _settle(given: QuestionComment, by: Any, *, resolved: bool) -> bool:
    assessment = _opened(given.assessment, given.question, by)
    row = QuestionComment.objects.select_related("question__marker").get(pk=given.pk, parent=None)
    if bool(row.resolved_at) == resolved:
        return False
    row.assessment = assessment
    row.resolved_by, row.resolved_at = (by, clock.now()) if resolved else (None, None)
    row.save(update_fields=["resolved_by", "resolved_at"])
    event = audit.Event.COMMENT_RESOLVED if resolved else audit.Event.COMMENT_REOPENED
    _record(event, row, by)
    return True
