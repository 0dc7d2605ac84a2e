"""Who may do what on a board or a review; Django asks these in the order of the settings."""

from collections.abc import Iterable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from guardian.backends import ObjectPermissionBackend

from reviews.case import standing
from reviews.case.models import Recusal, Review, ReviewUserObjectPermission
from reviews.permissions import ADMINISTRATOR, MATRIX, Role
from scr_portal.accounts.models import Board, BoardRole, User
from scr_portal.core import clock
from scr_portal.core.acting import Reach
from scr_portal.core.prepared import prepared


def _remembered(row: Review | Board, user: User, what: str, work: Any) -> Any:
    """Once per fetched row: both are fetched anew in every request, so nothing lingers."""
    memory = row.__dict__.setdefault("_permissions", {})
    key = (what, user.pk, clock.today())
    if key not in memory:
        memory[key] = work()
    return memory[key]


def _standing(review: Review, user: User) -> standing.Standing:
    """For all three backends; most often it came with the review itself."""
    return _remembered(review, user, "standing", lambda: standing.asked(review, user))


class _Backend:
    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None


class SignInBackend(AuthenticationBackend):
    """Brings the person of a session together with how far they reach, in one statement."""

    def get_user(self, user_id: Any) -> User | None:
        found = next(iter(_with_reach(pk=int(user_id))), None)
        return found if found is not None and self.user_can_authenticate(found) else None


@prepared
def _with_reach(*, pk: int) -> Any:
    mine = {"user": pk}
    roles = BoardRole.objects.active().filter(**mine).order_by()
    grants = ReviewUserObjectPermission.objects.active().filter(**mine).order_by()
    closed = Recusal.objects.active().filter(**mine).order_by()
    return User.objects.annotate(
        reach_boards=ArraySubquery(roles.values("board_id").distinct()),
        reach_reviews=ArraySubquery(grants.values("content_object_id").distinct()),
        reach_closed=ArraySubquery(closed.values("review_id").distinct()),
    ).filter(pk=pk)


def reach_of(user: User) -> Reach:
    """Of somebody whom ``SignInBackend`` brought."""
    row: Any = user
    closed = tuple(row.reach_closed)
    return Reach(
        person=user.pk,
        boards=tuple(row.reach_boards),
        reviews=tuple(each for each in row.reach_reviews if each not in closed),
        closed=closed,
    )


class RefusalBackend(_Backend):
    """A recusal closes one review to one person before any other backend is asked."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        on_review = isinstance(obj, Review) and user_obj.is_authenticated
        if on_review and _standing(obj, user_obj)["recused"]:
            raise PermissionDenied
        return False


class BoardRoleBackend(_Backend):
    """Roles on a board hold for all of its reviews; they are joined with the matrix."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_authenticated:
            return False
        if isinstance(obj, Board):
            if user_obj.is_superuser and perm in ADMINISTRATOR:
                return True
            roles = _remembered(obj, user_obj, "roles", lambda: self._roles(user_obj, obj.pk))
            return self._allows(roles, perm)
        if isinstance(obj, Review):
            return self._allows(_standing(obj, user_obj)["roles"], perm)
        return False

    @staticmethod
    def _roles(user: User, board_id: int) -> list[str]:
        rows = BoardRole.objects.active().filter(user=user, board=board_id)
        return list(rows.values_list("role", flat=True))

    @staticmethod
    def _allows(roles: Iterable[str], perm: str) -> bool:
        return any(perm in MATRIX[Role(role)] for role in roles)


class ReviewRoleBackend(ObjectPermissionBackend):
    """Roles on one review and named grants, from guardian's direct foreign key table.

    guardian's own checker knows no dates and lets administrators through; the rows are read here.
    """

    def get_all_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        if not isinstance(obj, Review) or not user_obj.is_authenticated:
            return set()
        return _standing(obj, user_obj)["grants"]

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)
