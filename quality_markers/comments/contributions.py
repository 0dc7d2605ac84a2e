"""What this room tells the rooms below it."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quality_markers.assessments.models import Pass
from quality_markers.assessments.notes import QuestionNote
from quality_markers.comments import operations, queries
from quality_markers.comments.models import QuestionComment
from reviews.case.lifecycle import Stage
from reviews.case.models import Review
from reviews.case.needs import Need
from reviews.permissions import Permission


def question_notes(assessment: Pass, user: Any) -> list[QuestionNote]:
    """How much is said under a question; where nothing is, the way to say something.

    Asked for questions that the reader has before them, and so may read.
    """
    said = (
        QuestionComment.objects.filter(assessment=assessment.pk, question=OuterRef("pk"))
        .order_by()
        .values("question")
        .annotate(
            counts=JSONObject(
                all=Count("pk"),
                open=Count("pk", filter=Q(parent__isnull=True, resolved_at__isnull=True)),
            )
        )
    )
    may = user.has_perm(Permission.COMMENT_MARKERS, assessment.review)
    invites = may and not operations.against_commenting(assessment)
    return [
        QuestionNote(
            name="comments",
            expression=Subquery(said.values("counts")),
            say=lambda counts: _words(counts) if counts else _("Comment") if invites else "",
            url=lambda question: queries.page_of(assessment, question),
        )
    ]


def _words(counts: dict[str, int]) -> str:
    """3 comments, 1 open."""
    said = ngettext("%(n)d comment", "%(n)d comments", counts["all"]) % {"n": counts["all"]}
    if not counts["open"]:
        return said
    return _("%(comments)s, %(open)d open") % {"comments": said, "open": counts["open"]}


def worklist(user: Any) -> list[Need]:
    """A line for each open thread that speaks to this person and has not heard of them since."""
    thread = Coalesce("parent", "pk")
    answered = QuestionComment.objects.annotate(thread=thread).filter(
        thread=OuterRef("thread"), by=user, pk__gt=OuterRef("pk")
    )
    spoken = (
        _open_to(user)
        .filter(mentions=user)
        .exclude(by=user)
        .annotate(thread=thread)
        .exclude(Exists(answered))
        .select_related("review", "assessment", "question__marker")
        .order_by("-at", "-pk")
    )
    first = {comment.thread: comment for comment in spoken}  # type: ignore[attr-defined]
    return [_need(comment) for comment in first.values()]


def _open_to(user: Any) -> QuerySet[QuestionComment]:
    """Comments in threads that this person may answer today."""
    door = Review.objects.visible_to
    reads = Q(review__in=door(user, Permission.READ_MARKERS)) | Q(
        question__marker__is_family=True, review__in=door(user, Permission.READ_FAMILY_MARKERS)
    )
    return (
        QuestionComment.objects.filter(reads, review__in=door(user))
        .filter(review__in=door(user, Permission.COMMENT_MARKERS))
        .filter(resolved_at=None, parent__resolved_at=None)
        .exclude(assessment__state__in=queries.OVER)
        .exclude(review__stage=Stage.CLOSED)
    )


def _need(comment: QuestionComment) -> Need:
    words = _("A comment on question %(question)s of self-assessment %(number)s speaks to you")
    return Need(
        text=words % {"question": comment.question.reference, "number": comment.assessment.number},
        url=queries.url_of(comment),
        review=comment.review,
        since=comment.at,
    )
