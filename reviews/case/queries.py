"""Reads of the case room that span models."""

from django.db.models import Q

from reviews.case.models import Recusal, Review
from reviews.permissions import Permission, roles_with
from scr_portal.accounts.models import BoardRole, User


def people_with(review: Review, permission: Permission = Permission.VIEW) -> list[User]:
    """Everybody who may do this on the review today: whom a notification may reach.

    The same rule as ``visible_to``, asked from the other side; a test holds the two together.
    """
    on_board = BoardRole.objects.active().filter(
        board=review.board_id, role__in=roles_with(permission)
    )
    granted = review.grants.active().filter(permission__codename=permission.codename)
    people = User.objects.filter(
        Q(pk__in=on_board.values("user")) | Q(pk__in=granted.values("user")), is_active=True
    )
    recused = Recusal.objects.active().filter(review=review)
    return list(people.exclude(pk__in=recused.values("user")).order_by("name", "pk"))


def people_of(review: Review) -> list[User]:
    return people_with(review, Permission.VIEW)


