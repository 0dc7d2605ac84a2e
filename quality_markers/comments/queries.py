"""What is read of the dialogue, and who may read along."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from quality_markers.assessments import queries as assessments
from quality_markers.assessments import rules as reading
from quality_markers.assessments.models import Pass
from quality_markers.catalogue.models import Marker, Question
from quality_markers.comments.models import QuestionComment
from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.permissions import Permission

OVER = (Pass.State.ACCEPTED, Pass.State.WITHDRAWN)
"""What was said in these passes is read, and nothing is added."""


def readers(review: Review, marker: Marker) -> list[Any]:
    """Everybody who sees the review and this marker today: whom a comment may speak to."""
    everything, family = reading.READ
    here = {person.pk for person in people_with(review, Permission.VIEW)}
    found = people_with(review, everything)
    if marker.is_family:
        found += people_with(review, family)
    seen = {person.pk: person for person in found if person.pk in here}
    return sorted(seen.values(), key=lambda person: (str(person).casefold(), person.pk))


def comments_for(user: Any, assessment: Pass) -> QuerySet[QuestionComment]:
    """The only door to the comments of a pass: those at markers that this person may read."""
    readable = assessments.markers_for(user, assessment, reading.READ).order_by()
    return QuestionComment.objects.filter(assessment=assessment, question__marker__in=readable)


def threads(comments: QuerySet[QuestionComment]) -> QuerySet[QuestionComment]:
    """The first of each thread with its answers, in four statements."""
    people = Prefetch("mentions", to_attr="to")
    answers = QuestionComment.objects.select_related("by").prefetch_related(people)
    return (
        comments.filter(parent=None)
        .select_related("by", "resolved_by", "question__marker")
        .prefetch_related(people, Prefetch("replies", queryset=answers, to_attr="answers"))
    )


def mine(comments: QuerySet[QuestionComment], user: Any) -> QuerySet[QuestionComment]:
    """First comments of the threads in which this person has spoken or is spoken to."""
    own = comments.filter(Q(by=user) | Q(mentions=user)).order_by()
    return comments.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=own.filter(parent__isnull=False).values("parent"))
    )


def by_question(user: Any, assessment: Pass) -> dict[int, list[QuestionComment]]:
    """Threads by the id of their question, for what leaves the portal with comments."""
    found = defaultdict(list)
    for thread in threads(comments_for(user, assessment)):
        found[thread.question_id].append(thread)
    return found


def page_of(assessment: Pass, question: Question) -> str:
    place = [assessment.review_id, assessment.number, question.marker.number, question.number]
    return reverse("quality_markers:question_comments", args=place)


def url_of(comment: QuestionComment) -> str:
    """Its thread alone, where whoever may answer finds the form for it."""
    thread = comment.parent_id or comment.pk
    page = page_of(comment.assessment, comment.question)
    return f"{page}?thread={thread}#comment-{comment.pk}"
