from typing import Any

from django.db.models import QuerySet

from reviews.case.models import Review
from reviews.case.queries import people_with
from reviews.decisions.advice.models import InputRequest, Meeting, PeerChallenge, Recommendation
from reviews.decisions.advice.rules import About
from reviews.permissions import Permission
from scr_portal.accounts.models import BoardRole, User


def inputs_of(review: Review, about: str) -> QuerySet[InputRequest]:
    """Everybody who was asked, those who have answered among them."""
    rows = InputRequest.objects.filter(review=review, about=about)
    return rows.select_related("user", "asked_by", "ended_by").order_by("asked_at", "pk")


def people_to_ask(review: Review, about: str) -> list[tuple[User, str]]:
    """With the agency each speaks for. Nobody who is recused, or still owes an answer.

    The chair is not asked what to advise the chair.
    """
    waited_for = set(
        InputRequest.objects.filter(review=review, about=about)
        .waiting()
        .values_list("user", flat=True)
    )
    chairs = people_with(review, Permission.SIGN) if about == About.DECISION else []
    left_out = waited_for | {person.pk for person in chairs}
    people = [
        person for person in people_with(review, Permission.GIVE_INPUT) if person.pk not in left_out
    ]
    roles = BoardRole.objects.active().filter(board=review.board_id, user__in=people)
    agencies = {
        role.user_id: str(role.agency)
        for role in roles.filter(agency__isnull=False).select_related("agency")
    }
    return [(person, agencies.get(person.pk, "")) for person in people]


def meetings_of(review: Review) -> QuerySet[Meeting]:
    return Meeting.objects.filter(review=review).select_related("by")


def recommendations_of(review: Review) -> QuerySet[Recommendation]:
    """The latest first."""
    rows = Recommendation.objects.filter(review=review).select_related("by", "meeting")
    return rows.prefetch_related("dissents")


def latest_recommendation(review: Review) -> Recommendation | None:
    return recommendations_of(review).first()


def challenges_of(review: Review) -> QuerySet[PeerChallenge]:
    return PeerChallenge.objects.filter(review=review).select_related("by")


def asked_of(user: Any, review: Review, pk: int) -> InputRequest | None:
    return (
        InputRequest.objects.of(user).filter(review=review, pk=pk).select_related("review").first()
    )
