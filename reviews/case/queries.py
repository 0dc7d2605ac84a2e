"""Reads of the case room that span models."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from reviews.case import timetable
from reviews.case.models import Appointment, Deadline, Pause, Recusal, Review
from reviews.permissions import Permission, Role, roles_with
from scr_portal.accounts.models import Board, BoardRole, Closure, User
from scr_portal.audit.models import AuditEvent
from scr_portal.audit.queries import history_of
from scr_portal.core import clock
from scr_portal.core.contributions import collect
from scr_portal.core.prepared import prepared


def people_with(review: Review, *permissions: Permission) -> list[User]:
    """Everybody who may do one of these on the review today, or see it: whom a word may reach.

    The same rule as ``visible_to``, asked from the other side; a test holds the two together. Who
    reads it in an emergency is told nothing, and nothing is given to them to do.
    """
    asked = permissions or (Permission.VIEW,)
    roles = frozenset[Role]().union(*map(roles_with, asked))
    on_board = BoardRole.objects.active().filter(board=review.board_id, role__in=roles)
    granted = review.grants.active().filter(
        permission__codename__in=[each.codename for each in asked], until__isnull=True
    )
    people = User.objects.filter(
        Q(pk__in=on_board.values("user")) | Q(pk__in=granted.values("user")), is_active=True
    )
    recused = Recusal.objects.active().filter(review=review)
    return list(people.exclude(pk__in=recused.values("user")).order_by("name", "pk"))


def people_of(review: Review) -> list[User]:
    return people_with(review, Permission.VIEW)


def appointed(review: Review, *roles: Role) -> list[User]:
    """People who hold one of the roles today and may see the review."""
    # An appointment that was ended today keeps today in its record, and has lost its rows.
    rows = Appointment.objects.active().filter(review=review, role__in=roles, grants__isnull=False)
    holders = set(rows.values_list("user", flat=True))
    return [person for person in people_of(review) if person.pk in holders]


def known_to(board: Board) -> QuerySet[User]:
    """People of the board, and those it has appointed to any of its reviews: never strangers."""
    roles = BoardRole.objects.filter(board=board)
    appointed = Appointment.objects.filter(board=board)
    return User.objects.filter(
        Q(pk__in=roles.values("user")) | Q(pk__in=appointed.values("user")), is_active=True
    ).order_by("name", "pk")


def find_people(board: Board, text: str) -> list[User]:
    """By the exact email address of an account, or by name among those known to the board."""
    text = text.strip()
    if "@" in text:
        return list(User.objects.filter(email__iexact=text, is_active=True))
    known = known_to(board)
    exact = list(known.filter(name__iexact=text))
    return exact or list(known.filter(name__icontains=text)[:10])


@cache
def kept_keys() -> frozenset[str]:
    """Keys of what is merely kept until a day: never a next date, never late."""
    return frozenset(
        clock_.key
        for profile in timetable.profiles()
        for clock_ in profile.clocks
        if clock_.kind == timetable.Kind.KEEP
    )


def _open_deadlines() -> QuerySet[Deadline]:
    return Deadline.objects.filter(review=OuterRef("pk"), met_on__isnull=True).exclude(
        key__in=kept_keys()
    )


def with_next_date(reviews: QuerySet[Review]) -> Any:
    """Each with ``next_due``, ``next_label`` and ``is_paused``, in the one statement."""
    soonest = _open_deadlines().order_by("due_on", "pk")
    return reviews.annotate(
        next_due=Subquery(soonest.values("due_on")[:1]),
        next_label=Subquery(soonest.values("label")[:1]),
        is_paused=Exists(Pause.objects.filter(review=OuterRef("pk"), ended_on__isnull=True)),
    )


PAUSE = "open_pause"


def with_pause(reviews: QuerySet[Review]) -> Any:
    """Each with its open pause, where it has one; of these there is one at most."""
    is_open = FilteredRelation("pauses", condition=Q(pauses__ended_on__isnull=True))
    return reviews.annotate(**{PAUSE: is_open}).select_related(PAUSE)


def with_a_date_over(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.filter(Exists(_open_deadlines().filter(due_on__lt=clock.today())))


def closures_of(boards: Iterable[Any]) -> dict[int, frozenset[date]]:
    """Days off by board, for days in words; one statement for all of them."""
    found: dict[int, set[date]] = {}
    for board, day in _closures(**{f"board_{at}": pk for at, pk in enumerate(set(boards))}):
        found.setdefault(board, set()).add(day)
    return {board: frozenset(days) for board, days in found.items()}


@prepared
def _closures(**boards: int) -> Any:
    return Closure.objects.filter(board__in=boards.values()).values_list("board", "date")


def history_for(review: Review, user: Any) -> QuerySet[AuditEvent]:
    """The review's events but for those of things that this person may not know to exist."""
    events = history_of(review.pk)
    for hidden in collect("hidden_events", review, user):
        events = events.exclude(hidden)
    return events


@prepared
def boards_to_refer_to(*, user: User) -> Any:
    """Boards to which this person may refer a case; with ``may_open``, by opening a referral.

    Those come first.
    """
    roles = BoardRole.objects.active().filter(user=user)
    open_ = roles.filter(role__in=roles_with(Permission.OPEN), board=OuterRef("pk"))
    sent = roles.filter(role__in=roles_with(Permission.REFER), board=OuterRef("pk"))
    found = Board.objects.annotate(may_open=Exists(open_)).filter(Exists(open_) | Exists(sent))
    return found.order_by("-may_open", "name")
