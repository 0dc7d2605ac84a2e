"""What of the self-assessments waits for a person, as lines of their first page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments.models import Answer, MarkerPlan, Pass
from quality_markers.assessments.queries.mine import FILLING, mine
from quality_markers.assessments.queries.working import reached
from quality_markers.catalogue.models import Question
from reviews.case.lifecycle import Stage
from reviews.case.models import Review, ReviewUserObjectPermission
from reviews.case.needs import Need
from reviews.permissions import Permission

S = Pass.State


def needs_of(user: Any) -> list[Need]:
    return [
        *_to_settle(user),
        *_to_fill_in(user),
        *_of_the_family(user),
        *_assigned(user),
        *_to_take_up(user),
    ]


def _to_settle(user: Any) -> list[Need]:
    passes = Pass.objects.filter(
        state=S.SUBMITTED, review__in=Review.objects.visible_to(user, Permission.ACCEPT_MARKERS)
    ).select_related("review")
    text = _("Accept or return self-assessment %(number)s")
    return [_need(one, text, one.submitted_at) for one in passes]


def _given(user: Any, permission: Permission) -> QuerySet[ReviewUserObjectPermission]:
    """Leave on the review itself: the business unit may fill in any, and nobody waits for it."""
    return ReviewUserObjectPermission.objects.active().filter(
        user=user, permission__codename=permission.codename
    )


def _to_fill_in(user: Any) -> list[Need]:
    given = _given(user, Permission.ANSWER_MARKERS).values("content_object")
    passes = Pass.objects.filter(
        Q(review__in=given) | Q(opened_by=user) | Q(submitted_by=user),
        state__in=FILLING,
        review__in=Review.objects.visible_to(user, Permission.ANSWER_MARKERS),
    ).select_related("review")
    back = _("Self-assessment %(number)s has come back with reasons")
    return [
        _need(one, back, one.returned_at)
        if one.state == S.RETURNED
        else _need(one, _("Fill in self-assessment %(number)s"), one.opened_at)
        for one in passes
    ]


def _of_the_family(user: Any) -> list[Need]:
    """For family liaison, while a question about the family has not been considered."""
    considered = Answer.objects.filter(
        assessment=OuterRef(OuterRef("pk")), question=OuterRef("pk")
    ).exclude(judgement=Answer.Judgement.NOT_CONSIDERED)
    open_questions = Question.objects.filter(
        ~Exists(considered),
        marker__is_family=True,
        marker__in=Pass.markers.through.objects.filter(pass_id=OuterRef(OuterRef("pk"))).values(
            "marker"
        ),
    )
    whole = Review.objects.visible_to(user, Permission.ANSWER_MARKERS)
    passes = Pass.objects.filter(
        Exists(open_questions),
        state__in=FILLING,
        review__in=_given(user, Permission.ANSWER_FAMILY_MARKERS).values("content_object"),
    ).exclude(review__in=whole)
    visible = Review.objects.visible_to(user, Permission.ANSWER_FAMILY_MARKERS)
    text = _("Fill in the family's markers of self-assessment %(number)s")
    rows = passes.filter(review__in=visible).select_related("review")
    return [_need(one, text, one.opened_at) for one in rows]


def _assigned(user: Any) -> Iterable[Need]:
    """Of one's own and of those for whom one stands in, while a question of it is left."""
    for each in mine(user):
        if each.left:
            yield Need(
                text=_("Look at what is assigned to you in self-assessment %(number)s")
                % {"number": each.assessment.number},
                url=reverse("quality_markers:my_questions"),
                review=each.assessment.review,
                since=each.since,
                due=each.wanted_on,
            )


def _to_take_up(user: Any) -> Iterable[Need]:
    """The review has come to a planned marker: for the lead reviewer, and for who opened it."""
    given = _given(user, Permission.ANSWER_MARKERS).values("content_object")
    rows = MarkerPlan.objects.filter(
        Q(review__in=given) | Q(assessment__opened_by=user),
        taken_up_at__isnull=True,
        assessment__purpose=Pass.Purpose.PROGRESSIVE,
        assessment__state__in=FILLING,
        review__in=Review.objects.visible_to(user, Permission.ANSWER_MARKERS),
    ).exclude(review__stage=Stage.CLOSED)
    for row in rows.select_related("review", "assessment", "marker").order_by("marker__number"):
        if (row.stage or row.on) and reached(row):
            place = [row.review_id, row.assessment.number]
            yield Need(
                text=_("Take up marker %(marker)s in self-assessment %(number)s")
                % {"marker": row.marker.number, "number": row.assessment.number},
                url=reverse("quality_markers:plan", args=place),
                review=row.review,
                due=row.on,
                since=row.at,
            )


def _need(one: Pass, text: str, since: Any) -> Need:
    return Need(
        text=text % {"number": one.number},
        url=one.get_absolute_url(),
        review=one.review,
        since=since,
    )
