"""What members, reviewers and the panel say to a version, and what becomes of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.case.zones import zones_for
from reviews.decisions.advice.models import InputRequest
from reviews.decisions.advice.operations import inputs
from reviews.permissions import Permission
from reviews.scoping.terms import queries, rules, scope
from reviews.scoping.terms.models import Comment, Round
from scr_portal.accounts.access import require
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused
from scr_portal.notifications.kinds import Kind
from scr_portal.notifications.operations import notify


@transaction.atomic
def comment(
    *, found: Round, section: str, text: str, by: Any, token: str, private_to: Any = None
) -> Comment:
    """Say something to one section. ``token`` is the form's own: sent twice it is said once.

    Raises Refused once the round has closed, and PermissionDenied for who was not asked and may
    not read the terms either.
    """
    review = Review.objects.locked(found.review_id)
    require(by, Permission.GIVE_INPUT, review)
    found = Round.objects.get(pk=found.pk)
    if not may_comment(by, review, found):
        raise PermissionDenied
    if said := Comment.objects.filter(token=token, by=by).first():
        return said
    if found.closed_at or found.closes_on < clock.today():
        raise Refused(_("The round has closed. Nobody can comment in it any more."))
    row = _say(review, found, section, text, by, token, private_to)
    _record(audit.Event.TERMS_COMMENTED, row, by)
    return row


def may_comment(user: Any, review: Review, found: Round) -> bool:
    """Who reads the terms on the review itself, or was asked in this round."""
    if user.has_perm(Permission.READ_SCOPE, review):
        return True
    return queries.asked_in(found).filter(user=user, ended_at__isnull=True).exists()


def _say(
    review: Review, found: Round, section: str, text: str, by: Any, token: str, private_to: Any
) -> Comment:
    if section not in {topic.key for topic in scope.topics().values() if not topic.of}:
        raise Refused(_("There is no such section."))
    if not text.strip():
        raise Refused(_("Write your comment."))
    _refuse_long(text)
    if private_to and private_to not in [key for key, _words in zones_for(by, review)]:
        raise Refused(_("You are not of that board."))
    return Comment.objects.create(
        review=review,
        round=found,
        section=section,
        text=rules.normal(text),
        private_to_id=private_to or None,
        by=by,
        at=clock.now(),
        token=token,
    )


def _refuse_long(text: str) -> None:
    if len(text) > rules.LONGEST:
        raise Refused(_("A text may hold 20,000 characters."))


def _record(event: audit.Event, row: Comment, by: Any) -> None:
    """What was said in a zone of one board is in no history that others read."""
    shared = row.private_to_id is None
    audit.record(
        kind=event,
        by=by,
        target=row if shared else None,
        board=None if shared else row.private_to,
        label=scope.topics()[row.section].title,
        changes={"disposition": str(row.get_disposition_display())},
    )


def _seen(by: Any, given: Comment) -> tuple[Review, Comment]:
    """The comment under the review's lock; PermissionDenied where this person may not see it."""
    review = Review.objects.locked(given.review_id)
    require(by, Permission.READ_SCOPE, review)
    row = queries.comments_for(by, pk=given.pk).first()
    if row is None:
        raise PermissionDenied
    return review, row


@transaction.atomic
def answer(*, parent: Comment, text: str, by: Any, token: str) -> Comment:
    """Answer a comment, in its own zone. An answer is not answered again: it has no form."""
    review, parent = _seen(by, parent)
    if not any(
        by.has_perm(each, review) for each in (Permission.WRITE_SCOPE, Permission.GIVE_INPUT)
    ):
        raise PermissionDenied
    if said := Comment.objects.filter(token=token, by=by).first():
        return said
    if not text.strip():
        raise Refused(_("Write your answer."))
    _refuse_long(text)
    row = Comment.objects.create(
        review=review,
        round=parent.round,
        section=parent.section,
        parent=parent,
        text=rules.normal(text),
        private_to=parent.private_to,
        by=by,
        at=clock.now(),
        token=token,
    )
    _record(audit.Event.TERMS_COMMENT_ANSWERED, row, by)
    return row


@transaction.atomic
def dispose(*, given: Comment, disposition: str, note: str, by: Any) -> None:
    """Say what became of a comment; it may be said anew. Who commented sees it.

    Raises Refused without a reason where the comment is not taken up whole.
    """
    review, row = _seen(by, given)
    require(by, Permission.WRITE_SCOPE, review)
    if disposition not in set(Comment.Disposition.values) - {Comment.Disposition.OPEN}:
        raise Refused(_("Choose what became of the comment."))
    note = rules.normal(note)
    _refuse_long(note)
    if disposition != Comment.Disposition.TAKEN and not note.strip():
        raise Refused(_("Say why, so that whoever commented can follow it."))
    if (row.disposition, row.disposition_note) == (disposition, note):
        return
    row.disposition, row.disposition_note = disposition, note
    row.disposed_by, row.disposed_at = by, clock.now()
    row.save(update_fields=["disposition", "disposition_note", "disposed_by", "disposed_at"])
    _record(audit.Event.TERMS_COMMENT_SETTLED, row, by)
    _tell(review, row)


def _tell(review: Review, row: Comment) -> None:
    """Once for a round, when the last of this person's comments is dealt with."""
    mine = Comment.objects.filter(round=row.round_id, by=row.by_id, parent__isnull=True)
    if mine.filter(disposition=Comment.Disposition.OPEN).exists():
        return
    asked = queries.asked_in(row.round).filter(user=row.by_id).last()
    link = f"{review.get_absolute_url()}terms/rounds/{row.round_id}"
    if asked and not row.by.has_perm(Permission.READ_SCOPE, review):
        link = asked.get_absolute_url()
    notify(
        to=[row.by] if row.by.has_perm(Permission.GIVE_INPUT, review) else [],
        kind=Kind.COMMENTS_SETTLED,
        key=f"terms-comments:{row.round_id}",
        link=link,
        review=review,
    )


@transaction.atomic
def finish(*, asked: InputRequest, by: Any) -> None:
    """Who was asked has said what they wanted to say, if anything. Refused the second time."""
    found = queries.round_of(asked)
    said = found is not None and found.comments.filter(by=by).exists()
    inputs.answer(
        asked=asked,
        by=by,
        answer=_("Commented on the text, section by section.") if said else "",
        nothing_to_add=not said,
    )
