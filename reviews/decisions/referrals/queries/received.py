from typing import Any

from django.db.models import Count, Q, QuerySet

from reviews.case.models import Review
from reviews.decisions.referrals.answers import Answers
from reviews.decisions.referrals.models import ReceivedReferral
from reviews.decisions.referrals.queries.related import Incident
from reviews.permissions import Permission, roles_with
from scr_portal.accounts.models import Board, BoardRole, User
from scr_portal.guests.models import GuestLink, Purpose

State = ReceivedReferral.State
LOOKED_THROUGH = 100


def openers(board: Board) -> list[User]:
    """Whoever may open a referral on the board today."""
    roles = BoardRole.objects.active().filter(board=board, role__in=roles_with(Permission.OPEN))
    return list(User.objects.filter(pk__in=roles.values("user"), is_active=True))


def received_by(user: Any, board: Board) -> QuerySet[ReceivedReferral]:
    """The only door to them, for who may open a referral: a recusal closes what it closes."""
    seen = Q(review=None) | Q(review__in=Review.objects.visible_to(user))
    rows = ReceivedReferral.objects.filter(seen, board=board)
    return rows.select_related("by", "link", "review", "settled_by", "board")


def waiting_for(user: Any) -> QuerySet[ReceivedReferral]:
    """On every board where this person may open a referral."""
    roles = BoardRole.objects.active().filter(user=user, role__in=roles_with(Permission.OPEN))
    rows = ReceivedReferral.objects.filter(state=State.NEW, board__in=roles.values("board"))
    return rows.select_related("board")


def numbers(rows: QuerySet[ReceivedReferral]) -> dict[str, int]:
    counted = rows.order_by().values("state").annotate(rows=Count("pk"))
    return dict(counted.values_list("state", "rows"))


def incident_of(answers: Answers) -> Incident:
    child = answers.child
    return Incident.of(answers.incident_on, child["harm"], child["age_at_incident"], answers.tags)


def of_the_same(
    user: Any, board: Board, incident: Incident, *, but: int = 0
) -> list[ReceivedReferral]:
    """Others that wait and may be about the same incident: they are read, being encrypted."""
    rows = received_by(user, board).filter(state=State.NEW).exclude(pk=but)[:LOOKED_THROUGH]
    return [row for row in rows if incident_of(Answers.of(row)).is_like(incident)]


def links_of(board: Board) -> QuerySet[GuestLink]:
    rows = GuestLink.objects.filter(board=board, purpose=Purpose.REFERRAL)
    rows = rows.select_related("created_by").prefetch_related("letters")
    return rows.order_by("-created_at", "-pk")
