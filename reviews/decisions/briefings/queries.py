"""What is told of a decision, and to whom."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from reviews.case.models import Recusal, Review
from reviews.case.queries import people_with
from reviews.decisions.briefings.models import Briefing, Receipt
from reviews.decisions.decision.models import Decision
from reviews.permissions import Permission, roles_with
from scr_portal.accounts.models import BoardRole, User


def signed_decision(review: Review) -> Decision | None:
    """The version that stands now."""
    rows = review.decisions.filter(state=Decision.State.SIGNED).select_related("signature")
    return rows.order_by("number").last()


def in_work(review: Review) -> Briefing | None:
    rows = Briefing.objects.filter(review=review).exclude(state=Briefing.State.ISSUED)
    return rows.select_related("review__board", "decision__signature", "written_by").first()


def members_of(review: Review) -> list[User]:
    """Whom a briefing reaches today."""
    return people_with(review, Permission.RECEIVE_BRIEFINGS)


def left_out(review: Review) -> list[User]:
    """Members who are recused: who issues a briefing should know of them."""
    recused = Recusal.objects.active().filter(review=review)
    roles = BoardRole.objects.active().filter(
        board=review.board_id, role__in=roles_with(Permission.RECEIVE_BRIEFINGS)
    )
    people = User.objects.filter(pk__in=roles.values("user"), is_active=True)
    return list(people.filter(pk__in=recused.values("user")).order_by("name", "pk"))


def issued_on(review: Review) -> QuerySet[Any]:
    """The latest first, each with how many were told, opened it and have read it."""
    has_read = Q(receipts__answered_at__isnull=False)
    return (
        Briefing.objects.filter(review=review, state=Briefing.State.ISSUED)
        .select_related("review__board", "issued_by")
        .annotate(
            told=Count("receipts"),
            opened=Count("receipts", filter=Q(receipts__opened_at__isnull=False)),
            read=Count("receipts", filter=has_read),
            given_up=Count("receipts", filter=Q(receipts__ended_at__isnull=False) & ~has_read),
        )
        .order_by("-number")
    )


def readers(briefing: Briefing) -> list[Any]:
    """Receipts by name; ``shut_out`` where the person may not read it today."""
    may = {person.pk for person in members_of(briefing.review)}
    receipts = Receipt.objects.filter(briefing=briefing)
    rows: list[Any] = list(receipts.select_related("user", "ended_by"))
    for row in rows:
        row.shut_out = row.user_id not in may
    return sorted(rows, key=lambda row: (str(row.user).casefold(), row.pk))


def issued_to(user: Any, *, text: str = "") -> QuerySet[Any]:
    """Every briefing that this person may read today, unread first, those before they joined too.

    ``text`` is sought in nothing that was not told.
    """
    receipts = Receipt.objects.filter(briefing=OuterRef("pk"), user=user)
    rows = Briefing.objects.filter(
        state=Briefing.State.ISSUED,
        review__in=Review.objects.visible_to(user, Permission.RECEIVE_BRIEFINGS),
    )
    if text:
        rows = rows.filter(
            Q(title__icontains=text)
            | Q(text__icontains=text)
            | Q(review__reference__icontains=text)
            | Q(tells_nature=True, decision__nature__icontains=text)
            | Q(tells_rationale=True, decision__rationale__icontains=text)
        )
    return (
        rows.select_related("review__board", "issued_by")
        .annotate(
            is_read=Exists(receipts.filter(answered_at__isnull=False)),
            is_told=Exists(receipts),
            read_at=Subquery(receipts.values("answered_at")[:1]),
            wanted_on=Subquery(receipts.values("due_on")[:1]),
        )
        .order_by("is_read", "-issued_at", "-pk")
    )


def receipt_of(user: Any, briefing: Briefing) -> Receipt | None:
    return Receipt.objects.filter(briefing=briefing, user=user).first()
