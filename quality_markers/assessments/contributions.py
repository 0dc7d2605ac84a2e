"""What this room answers when a lower room, or the first page, asks."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from quality_markers.assessments import content
from quality_markers.assessments.models import Answer, Pass
from quality_markers.catalogue.models import Question
from reviews.case.lifecycle import Stage
from reviews.case.models import Review, ReviewUserObjectPermission
from reviews.case.needs import Need
from reviews.case.parts import Part
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from scr_portal.core.reasons import Reason
from scr_portal.core.workflow import Move

S = Pass.State
FILLING = (S.OPEN, S.RETURNED)


def rooms(review: Review, user: Any) -> list[dict[str, Any]]:
    reads = (Permission.READ_MARKERS, Permission.READ_FAMILY_MARKERS)
    if not any(user.has_perm(permission, review) for permission in reads):
        return []
    url = reverse("quality_markers:passes", args=[review.pk])
    return [
        {
            "part": Part.MARKERS,
            "label": _("Self-assessments"),
            "name": "quality_markers:passes",
            "url": url,
        }
    ]


def blockers(move: Move, review: Review, by: Any) -> list[Reason]:
    if move.target != Stage.CLOSED:
        return []
    unfinished = Pass.objects.filter(review=review).exclude(state=S.ACCEPTED)
    return [
        Reason(
            _("Self-assessment %(number)s has not been accepted yet.") % {"number": one.number},
            one.get_absolute_url(),
            _("Go to the self-assessment"),
        )
        for one in unfinished
    ]


def signed(signature: Signature) -> list[dict[str, Any]]:
    """The content as it stands now, for the page that compares it with what was signed."""
    if signature.target_type != Pass._meta.label_lower:
        return []
    assessment = Pass.objects.select_related("review", "catalogue", "submitted_by").get(
        pk=signature.target_id
    )
    return [content.of(assessment, json.loads(signature.content)["people"])]


def worklist(user: Any) -> list[Need]:
    return [*_to_settle(user), *_to_fill_in(user), *_of_the_family(user)]


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


def _need(one: Pass, text: str, since: Any) -> Need:
    return Need(
        text=text % {"number": one.number},
        url=one.get_absolute_url(),
        review=one.review,
        since=since,
    )


def signed_words(target_type: str) -> list[dict[str, Any]]:
    if target_type != Pass._meta.label_lower:
        return []
    return [
        {"purpose": dict(Pass.Purpose.choices), "judgement": dict(Answer.Judgement.choices)},
    ]
